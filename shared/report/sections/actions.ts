import { ARTIFACT_FILE, ARTIFACTS } from '../../contract/constants.js';
import { table } from '../figure.js';
import { longDate } from '../format.js';
import { type Html, html, NOTHING } from '../html.js';
import type { LivePart, ReportModel } from '../model.js';

const commands = (text: string): Html => html`<pre tabindex="0"><code>${text}</code></pre>`;

/** How to prove a release with nothing but its files. */
export const verify = ({ release: { version, uri, sha256 } }: ReportModel): Html => {
  const sums = ARTIFACTS.map((name) => `${sha256[name]}  ${ARTIFACT_FILE[name]}`);
  return html`<p>The five files of the release never change. In a folder with a copy of them, this prints five times OK:</p>
${commands([`gcloud storage cp '${uri}*' .`, "sha256sum --check <<'END'", ...sums, 'END'].join('\n'))}
<p>The whole contract, checksums included, from any machine that reaches the bucket:</p>
${commands(`live-pool release verify ${version}`)}`;
};

const ledgerTable = ({ ledger }: LivePart): Html =>
  ledger.length === 0
    ? NOTHING
    : html`<h3>The ledger</h3>${table<LivePart['ledger'][number]>(
        [
          { head: 'No.', cell: ({ seq }) => String(seq), isNumber: true },
          { head: 'Version', cell: ({ version }) => version },
          { head: 'Intent', cell: ({ intent }) => intent },
          { head: 'When', cell: ({ promoted_at }) => longDate(promoted_at) },
          { head: 'By', cell: ({ actor }) => actor, isProse: true },
          { head: 'Reason', cell: ({ reason }) => reason ?? '', isProse: true },
        ],
        [...ledger].reverse().slice(0, 12),
      )}`;

/** How to undo it, with the command for this very case. */
export const rollBack = ({ release: { version }, live }: ReportModel): Html => {
  if (live === undefined)
    return html`<p>Should a later release be wrong, this brings the present one back, as a new promotion; nothing is deleted:</p>${commands(`live-pool rollback --to ${version} --reason 'what is wrong with the later one'`)}`;
  const expected = live.head === null ? '' : ` --expected-seq ${live.head.seq}`;
  const command = (to: string, waiver = ''): Html =>
    commands(`live-pool rollback --to ${to}${expected}${waiver} --reason 'say what is wrong'`);
  if (live.head !== null && live.head.version !== version)
    return html`<p>Readers see ${live.head.version}. This makes the release of this page current again, as a new promotion; nothing is deleted:</p>${command(version)}${ledgerTable(live)}`;
  return html`${
    live.rollbackTo === undefined
      ? html`<p>There is no earlier release to go back to. The next one takes the place of this one; to keep a membership under a new date:</p>${commands(`live-pool restate --from ${version} --as-of-date YYYY-MM-DD --reason 'say why'`)}`
      : html`<p>This makes the release before current again, as a new promotion; nothing is deleted, and try it first with <code>--dry-run</code>:</p>${command(live.rollbackTo.version, live.rollbackTo.isStale ? ' --allow-stale' : '')}`
  }${ledgerTable(live)}`;
};
