import { join } from 'node:path';
import { getOrThrow } from '../../../shared/codec/failure.js';
import type { PipelineConfig } from '../../../shared/config.js';
import type { Release } from '../../../shared/contract/release.js';
import { releaseKey, scratchPrefix } from '../../../shared/object-keys.js';
import { readReleaseAt } from '../../../shared/releases/read-release.js';
import type { StageReport } from '../../local/runtime.js';
import { type Action, type Context, contextOf, print, warn } from '../context.js';
import { assertNoDeploymentFlags, runRemotely } from '../operations/remote-run.js';
import type { RunOutcomeName, RunResult } from '../operations/run-result.js';
import { type OutputLocations, runText } from '../operations/run-text.js';
import { assertClosedDay } from '../run/assert-closed-day.js';
import { assertNoDeadLetter } from '../run/assert-no-dead-letter.js';
import { type MonthlyRun, runMonthly } from '../run/monthly-run.js';
import { type RunOptions, runOptionsOf } from '../run/options.js';
import { reportedVersion } from '../run/reported-version.js';
import { withStateLock } from '../run/with-state-lock.js';
import { localServices } from '../target/local.js';
import { withWritableTarget } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';
import { stageProgress } from '../terminal/progress.js';

type RunFlags = Readonly<Record<string, unknown>>;

const outcomeOf = (reports: readonly StageReport[]): RunOutcomeName => {
  const outcomes = (name: string): readonly unknown[] =>
    reports.filter((report) => report.name === name).map(({ entry }) => entry.outcome);
  if (outcomes('materialise').includes('dry_run')) return 'dry_run';
  const published = outcomes('sync-firestore');
  if (published.includes('done')) return 'published';
  if (published.includes('already_done'))
    return outcomes('promote').includes('done') ? 'published' : 'already_done';
  return 'superseded';
};

const resultOf = (
  { runId, reports }: MonthlyRun,
  options: RunOptions,
  release: Release,
  outputDir: string,
): RunResult => ({
  run_id: runId,
  as_of_date: release.livePool.as_of_date,
  version: release.version,
  mode: options.mode,
  symbols: release.livePool.symbols,
  pool_size: release.livePool.pool_size,
  outcome: outcomeOf(reports),
  promotion_seq:
    reports.findLast(({ entry }) => entry.promotion_seq !== undefined)?.entry.promotion_seq ?? null,
  output_dir: outputDir,
  stages: reports.map(({ name, milliseconds }) => ({
    name,
    milliseconds: Math.round(milliseconds),
  })),
});

const releaseOf = async ({ runId, runtime, reports }: MonthlyRun): Promise<Release> => {
  const materialised = reports.find(({ name }) => name === 'materialise')?.entry;
  const version = reportedVersion(reports);
  const scratch = scratchPrefix({ run_id: runId, dry_run: materialised?.outcome === 'dry_run' });
  const prefix = `${scratch}${releaseKey(version, '')}`;
  return getOrThrow(await readReleaseAt(runtime.environment.objects, prefix)());
};

/** The locations of a run's output in the state folder. */
const outputLocations = (
  { outcome, run_id, version }: RunResult,
  { bucket: name, rootPrefix, firestoreCollection, firestoreDocument }: PipelineConfig,
  { state }: Context,
): OutputLocations => {
  const isDry = outcome === 'dry_run';
  return {
    artifacts: state.output,
    objects: state.objects(name, rootPrefix),
    release: `  ${isDry ? `scratch/${run_id}/` : ''}releases/${version}/`,
    ...(isDry
      ? {}
      : {
          current: '  current/',
          messages: '  events/',
          document: join(state.documents, firestoreCollection, `${firestoreDocument}.json`),
        }),
  };
};

const localRun = async (context: Context, flags: RunFlags): Promise<number> => {
  const options = runOptionsOf(flags, context);
  assertClosedDay(options);
  return withStateLock(context.state, async () => {
    if (options.source.kind === 'demo' && !context.quiet)
      warn('The demo market is synthetic: its coins are made up. Do not trade its pool.');
    const month = await runMonthly(context.state, options, stageProgress(context));
    assertNoDeadLetter(month.reports);
    const release = await releaseOf(month);
    const result = resultOf(month, options, release, context.state.output);
    const { config } = month.runtime.environment;
    if (config.sourceRevision === undefined && !context.quiet)
      warn(
        'The source commit is unknown (no git, no SOURCE_REVISION): strict readers will refuse the document. Set SOURCE_REVISION.',
      );
    print(context, result, () =>
      runText(
        result,
        release,
        outputLocations(result, config, context),
        localServices(context).commandLine,
      ),
    );
    return result.outcome === 'superseded' ? EXIT.conflict : EXIT.ok;
  });
};

export const runAction: Action = async (command) => {
  const context = contextOf(command, { localBucket: true });
  const flags: RunFlags = command.opts();
  if (context.cloud === undefined) return localRun(context, flags);
  assertNoDeploymentFlags(flags);
  return withWritableTarget(context, (target) => runRemotely(context, target, flags));
};
