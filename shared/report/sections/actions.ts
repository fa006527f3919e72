import { ARTIFACT_FILE, ARTIFACTS } from '../../contract/constants.js';
import { dayOf, parseIsoDay } from '../../day.js';
import { table } from '../figure.js';
import { longDate } from '../format.js';
import { type Html, html, NOTHING } from '../html.js';
import { commandLine, type LivePart, type ReportModel, type RollbackTarget } from '../model.js';

const commands = (text: string): Html => html`<pre tabindex="0"><code>${text}</code></pre>`;

/** How to verify a release with its files alone. */
export const verify = ({
  release: { version, uri, isDryRun, sha256 },
  live,
}: ReportModel): Html => {
  const sums = ARTIFACTS.map((name) => `${sha256[name]}  ${ARTIFACT_FILE[name]}`);
  return html`<p>The five files at <code>${uri}</code> never change. In a folder with a copy of them, this prints five times OK:</p>
${commands(["sha256sum --check <<'END'", ...sums, 'END'].join('\n'))}
${
  isDryRun
    ? undefined
    : html`<p>The whole contract, checksums included, from any machine that reaches the bucket:</p>
${commands(commandLine(live ?? { place: '' }, `release verify ${version}`))}`
}`;
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

/** Needs a date that readers accept: they reject an older one and keep the bad pool (contract). */
const restate = (from: string, live: LivePart): Html =>
  live.restateAs === undefined
    ? html`<p>There is no date left for it before the month that is about to be run: that release comes first.</p>`
    : commands(
        commandLine(
          live,
          `restate --from ${from} --as-of-date ${live.restateAs} --reason 'say what is wrong'`,
        ),
      );

/** The way to make an earlier release current: a rollback while readers still accept its date. */
const wayTo = ({ version, isStale }: RollbackTarget, live: LivePart): Html => {
  if (isStale)
    return html`<p>Readers would refuse ${version} for its age. This makes a new release of its membership and promotes that; nothing is deleted, and try it first with <code>--dry-run</code>:</p>${restate(version, live)}`;
  const expected = live.head === null ? '' : ` --expected-seq ${live.head.seq}`;
  return html`<p>This makes ${version} current again, as a new promotion; nothing is deleted, and try it first with <code>--dry-run</code>:</p>${commands(commandLine(live, `rollback --to ${version}${expected} --reason 'say what is wrong'`))}`;
};

const isStale = (asOfDate: string, { asked, maxAgeDays }: LivePart): boolean =>
  dayOf(new Date(asked)) - parseIsoDay(asOfDate) >= maxAgeDays;

/** How to undo the release, with the command for the present case. */
export const rollBack = ({ release: { version, asOfDate, isDryRun }, live }: ReportModel): Html => {
  if (isDryRun)
    return html`<p>This is a dry run: nothing was released, so there is nothing to roll back.</p>`;
  if (live === undefined)
    return html`<p>Should a later release be wrong, this brings the present one back, as a new promotion; nothing is deleted:</p>${commands(`live-pool rollback --to ${version} --reason 'what is wrong with the later one'`)}<p>Once readers would refuse it for its age: <code>live-pool restate --help</code></p>`;
  const { head, rollbackTo } = live;
  if (head === null)
    return html`<p>Nothing has been promoted yet, so there is nothing to roll back.</p>`;
  if (head.version !== version)
    return html`<p>${head.version} is current, not the release of this page.</p>${wayTo({ version, isStale: isStale(asOfDate, live) }, live)}${ledgerTable(live)}`;
  return html`${
    rollbackTo === undefined
      ? html`<p>There is no earlier release to go back to. The next one takes the place of this one; to keep a membership under a new date:</p>${restate(version, live)}`
      : wayTo(rollbackTo, live)
  }${ledgerTable(live)}`;
};
