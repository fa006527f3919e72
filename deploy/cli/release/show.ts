import { getOrThrow } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { ARTIFACT_FILE } from '../../../shared/contract/constants.js';
import { readRanking } from '../../../shared/contract/parse-ranking.js';
import { evidenceKey, objectUri, releaseKey } from '../../../shared/object-keys.js';
import { readLedger, readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { type Context, print } from '../context.js';
import type { CommandTarget } from '../target/command-target.js';
import { stdoutPaint } from '../terminal/colour.js';
import { EXIT } from '../terminal/exit-code.js';
import { wrap } from '../terminal/wrap.js';
import { artifactLabel } from './format.js';
import { poolTable } from './pool-members-table.js';
import { readReleaseByVersion } from './read-release.js';

const LABEL_WIDTH = 12;

/** Files by name, folders with the number of their files. */
const evidenceText = (files: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const file of files) {
    const name = file.replace(/\/.*$/, '/');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => (name.endsWith('/') ? `${name} (${count})` : name))
    .join(', ');
};

const line = (label: string, text: string): readonly string[] =>
  wrap(`${label.padEnd(LABEL_WIDTH)}${text}`, LABEL_WIDTH);

interface ReleaseAnswer {
  readonly current: boolean;
  readonly revoked: boolean;
  readonly promotions: readonly unknown[];
}

const releaseStatus = ({ current, revoked, promotions }: ReleaseAnswer): string => {
  if (current) return 'current';
  if (revoked) return 'revoked by a rollback';
  return promotions.length > 0 ? 'was current' : 'never promoted';
};

/** Shows one release: its pool, dates, promotions, checksums and evidence. */
export const showCommand = async (
  context: Context,
  target: CommandTarget,
  version: Version,
): Promise<number> => {
  const { objects, documents, config } = target;
  const release = await readReleaseByVersion(target, version);
  const ledger = getOrThrow(await readLedger(documents)());
  const { head, revoked } = getOrThrow(await readPromotionState(documents)());
  const evidence = getOrThrow(await objects.list(evidenceKey(version, ''))());
  const promotions = ledger.filter((entry) => entry.version === version);
  const { rows = [] } = readRanking(
    new TextDecoder().decode(release.files[ARTIFACT_FILE.latest_ranking]),
  );
  const answer = {
    version,
    current: head?.version === version,
    revoked: revoked.includes(version),
    members: rows
      .filter(({ selected_flag }) => selected_flag)
      .map(({ symbol, current_rank, final_score }) => ({
        symbol,
        rank: current_rank,
        final_score,
      })),
    manifest: release.manifest,
    sha256: release.sha256,
    promotions,
    release_uri: objectUri(config, releaseKey(version, '')),
    evidence: evidence.map(({ key }) => key),
  };
  print(context, answer, () => {
    const status = releaseStatus(answer);
    const files = answer.evidence.map((key) => key.slice(evidenceKey(version, '').length));
    return [
      `${stdoutPaint()('strong', version)} (${status})`,
      poolTable(release),
      '',
      ...line('generated', `${release.manifest.generated_at}`),
      ...line('commit', release.manifest.runtime_evidence_identity?.source_revision ?? 'unknown'),
      ...promotions.flatMap(({ seq, intent, promoted_at, actor, reason }) =>
        line(
          'promotion',
          `${seq} (${intent}) at ${promoted_at} by ${actor}${reason === null ? '' : `: ${reason}`}`,
        ),
      ),
      ...Object.entries(release.sha256).flatMap(([name, sum]) => line(artifactLabel(name), sum)),
      ...line('evidence', files.length === 0 ? 'none' : evidenceText(files)),
    ].join('\n');
  });
  return EXIT.ok;
};
