import { rankerWithProgress } from '../../../functions/rank/ranker.js';
import { FailureError, getOrThrow, permanent } from '../../../shared/codec/failure.js';
import { AsOfDate } from '../../../shared/codec/primitives.js';
import { DEMO_AS_OF_DATE } from '../../../shared/market-data/demo-clock.js';
import type { RunId } from '../../../shared/messages/envelope.js';
import {
  type RunRequest,
  resolveRequest,
  runIdOf,
} from '../../../shared/messages/monthly-run-requested.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { openStores } from '../../local/open-stores.js';
import {
  openRuntime,
  type Runtime,
  type RuntimeOptions,
  type StageReport,
} from '../../local/runtime.js';
import type { StateFolder } from '../../local/state-folder.js';
import { warn } from '../context.js';
import { changedSourceWarning } from '../local-config.js';
import type { ProgressListener } from '../terminal/progress.js';
import { nextRunCommand } from './command-line.js';
import { createSource } from './market-source.js';
import type { RunOptions } from './options.js';
import { runClock, runConfig } from './run-config.js';
import { readStateFile, writeStateFile } from './state-file.js';

export interface MonthlyRun {
  readonly runId: RunId;
  readonly runtime: Runtime;
  /** The results of the stages for this run, in order. */
  readonly reports: readonly StageReport[];
}

/** The body of the message that requests the run. */
export const runRequest = (options: RunOptions): RunRequest => {
  const demoDay = AsOfDate.is(DEMO_AS_OF_DATE) ? DEMO_AS_OF_DATE : undefined;
  const asOfDate = options.as_of_date ?? (options.source.kind === 'demo' ? demoDay : undefined);
  return {
    mode: options.mode,
    dry_run: options.dry_run,
    allow_stale: options.allow_stale,
    ...(asOfDate === undefined ? {} : { as_of_date: asOfDate }),
    ...(options.previous_pool === undefined ? {} : { previous_pool: options.previous_pool }),
  };
};

/** The differences of a shadow build from an ordinary monthly run. */
export interface MonthlyRunOverrides
  extends Pick<RuntimeOptions, 'isServed' | 'scorer' | 'shadowTracks'> {
  /** The arguments that resume it after an interruption. */
  readonly resumeCommand: string;
}

const runtimeOf = (
  state: StateFolder,
  options: RunOptions,
  progress: ProgressListener,
  overrides: Partial<MonthlyRunOverrides> = {},
): Runtime => {
  const config = runConfig(options);
  const clock = runClock(options);
  const source = createSource(options, { ...openStores(state, config), clock, progress });
  const ranker = rankerWithProgress((done, total) =>
    progress.progressedBriefly({ what: 'trees', done, total }),
  );
  return openRuntime({ state, config, source, clock, progress, ranker, ...overrides });
};

/**
 * Finishes the unfinished run that the state file names, with the source that it started with. The
 * caller holds the folder's lock.
 */
export const resumeUnfinishedRun = async (
  state: StateFolder,
  progress: ProgressListener,
): Promise<readonly StageReport[]> => {
  const { last, unfinished } = await readStateFile(state);
  if (last === undefined || unfinished !== true) return [];
  const reports = await runtimeOf(state, last, progress).drain();
  for (const { name, entry } of reports)
    if (entry.outcome === 'dead_letter') warn(`Unfinished run, ${name}: ${entry.message}`);
  await writeStateFile(state, { last, unfinished: false });
  return reports;
};

const isOf =
  (runId: RunId) =>
  ({ entry }: StageReport): boolean =>
    entry.run_id === runId;

/** Includes failures without a run id: their message was unreadable. */
const mayBeOf =
  (runId: RunId) =>
  ({ entry }: StageReport): boolean =>
    entry.run_id === undefined || entry.run_id === runId;

/** True if the run has reached the readers, ended as a dry run or was superseded. */
const hasEnded = (reports: readonly StageReport[]): boolean =>
  reports.some(
    ({ name, entry }) =>
      name === 'sync-firestore' || entry.outcome === 'dry_run' || entry.outcome === 'superseded',
  );

/**
 * Rejects a demo run in a folder with real months, and a real run in a folder with demo months. The
 * demo market's coins are made up: readers would get them as a real pool, and the previous pool of
 * the other market would look delisted.
 */
const assertSameMarket = async (state: StateFolder, options: RunOptions): Promise<void> => {
  const { last } = await readStateFile(state);
  if (last === undefined || (last.source.kind === 'demo') === (options.source.kind === 'demo'))
    return;
  const { head } = getOrThrow(
    await readPromotionState(openStores(state, runConfig(last)).documents)(),
  );
  if (head === null) return;
  const reason =
    last.source.kind === 'demo'
      ? `${state.root} has months of the demo market, whose coins are made up. Use another folder for this run: --state DIR`
      : `${state.root} has months of real coins; the demo market's coins are made up, and --source defaults to it. Use another folder for this run (--state DIR) or the same source as before: live-pool ${nextRunCommand(last)}`;
  throw new FailureError(permanent('configuration', reason));
};

/**
 * Rejects a run that would replace the document of the readers with one that none of them accepts.
 * A dry run and a shadow build promote nothing, so any mode and size will do for them.
 */
const assertReadersAccept = ({ mode, pool_size, dry_run }: RunOptions): void => {
  const { readers } = runConfig(undefined);
  if (dry_run || (mode === readers.mode && pool_size === readers.poolSize)) return;
  throw new FailureError(
    permanent(
      'contract-invalid',
      `The readers of this folder accept mode ${readers.mode} and ${readers.poolSize} symbols, got mode ${mode} and ${pool_size} symbols. Nothing was published. Add --dry-run to compute such a pool without publishing it.`,
    ),
  );
};

/**
 * Finishes the folder's unfinished run, then runs the month, unless the unfinished run was the same
 * ordinary month. The caller holds the folder's lock.
 */
export const runMonthly = async (
  state: StateFolder,
  options: RunOptions,
  progress: ProgressListener,
  overrides?: MonthlyRunOverrides,
): Promise<MonthlyRun> => {
  if (overrides === undefined) assertReadersAccept(options);
  const earlier = await resumeUnfinishedRun(state, progress);
  const runtime = runtimeOf(state, options, progress, overrides);
  const request = runRequest(options);
  const { clock } = runtime.environment;
  const runId = runIdOf(resolveRequest(request, clock(), options.mode));
  const finished = earlier.filter(isOf(runId));
  if (overrides === undefined && hasEnded(finished)) return { runId, runtime, reports: finished };

  await assertSameMarket(state, options);
  const changedSource = changedSourceWarning();
  if (changedSource !== undefined) warn(changedSource);
  const again = overrides === undefined ? {} : { again: overrides.resumeCommand };
  await writeStateFile(state, { last: options, unfinished: true, ...again });
  const data = new TextEncoder().encode(JSON.stringify(request));
  getOrThrow(await runtime.environment.publisher.publish('monthly-run-requested', data, {})());
  const reports = await runtime.drain();
  await writeStateFile(state, { last: options, unfinished: false });
  // Other pending messages are reported on stderr and are not part of this run's result.
  return { runId, runtime, reports: reports.filter(mayBeOf(runId)) };
};
