import type { ShadowIndex } from '../../../functions/shadow/shadow-index.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import { SHADOW, scratchPrefix } from '../../../shared/object-keys.js';
import type { ShadowTrack } from '../../../shared/research/tracks/shadow-tracks.js';
import type { FunctionName } from '../../../shared/topology.js';
import { exportHistory } from '../../local/history-output.js';
import { type Context, warn } from '../context.js';
import { stageProgress } from '../terminal/progress.js';
import { assertNoDeadLetter } from './assert-no-dead-letter.js';
import { resumeBuildCommand } from './command-line.js';
import { type MonthlyRun, runMonthly } from './monthly-run.js';
import type { RunOptions } from './options.js';
import { scorerWithProgress } from './progress-scorer.js';
import { withStateLock } from './with-state-lock.js';

export interface ShadowBuildOptions {
  /** The command's name and the flags that only this command has. */
  readonly command: readonly string[];
  /** The functions that run besides `shadow`. */
  readonly functions: readonly FunctionName[];
  readonly tracks: readonly ShadowTrack[];
  /** The folders of the history to copy into the output. */
  readonly folders: readonly string[];
}

export interface ShadowBuild {
  readonly month: MonthlyRun;
  readonly index: ShadowIndex;
}

/**
 * Under the folder's lock: runs the month as a dry run together with the shadow history, copies the
 * history into the output, then runs `last`.
 */
export const runShadowBuild = <A>(
  { state, quiet }: Context,
  run: RunOptions,
  { command, functions, tracks, folders }: ShadowBuildOptions,
  last: (build: ShadowBuild) => Promise<A>,
): Promise<A> => {
  return withStateLock(state, async () => {
    if (run.source.kind === 'demo' && !quiet)
      warn('The demo market is synthetic: its coins are made up. Do not trade its pools.');
    const progress = stageProgress({ quiet });
    const month = await runMonthly(state, { ...run, dry_run: true }, progress, {
      isServed: (name) => name === 'shadow' || functions.includes(name),
      scorer: scorerWithProgress(progress),
      shadowTracks: tracks,
      resumeCommand: resumeBuildCommand(command, run),
    });
    assertNoDeadLetter(month.reports);
    const build = month.reports.findLast(({ name }) => name === 'shadow')?.entry.shadow_build;
    const scratch = scratchPrefix({ run_id: month.runId, dry_run: true });
    const prefix = `${scratch}${SHADOW}${String(build)}`;
    const { objects } = month.runtime.environment;
    const index = getOrThrow(await exportHistory(objects, state.output, { prefix, folders })());
    return last({ month, index });
  });
};
