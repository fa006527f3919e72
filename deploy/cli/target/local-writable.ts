import * as TE from 'fp-ts/lib/TaskEither.js';
import { FailureError, getOrThrow, permanent } from '../../../shared/codec/failure.js';
import type { MarketDataSource } from '../../../shared/market-data/market-data-source.js';
import { openStores } from '../../local/open-stores.js';
import { openRuntime } from '../../local/runtime.js';
import type { Context } from '../context.js';
import { assertNoDeadLetter } from '../run/assert-no-dead-letter.js';
import { createSource } from '../run/market-source.js';
import { resumeUnfinishedRun } from '../run/monthly-run.js';
import { commandClock, runConfig } from '../run/run-config.js';
import { readStateFile } from '../run/state-file.js';
import { withStateLock } from '../run/with-state-lock.js';
import { stageProgress } from '../terminal/progress.js';
import type { WritableTarget } from './command-target.js';
import { localServices } from './local.js';

const refusal = permanent('configuration', 'No run has told where market data come from.');
const noSource: MarketDataSource = {
  id: 'none',
  live: false,
  synthetic: false,
  metadata: () => TE.left(refusal),
  candidates: () => TE.left(refusal),
  bars: () => TE.left(refusal),
};

/** The embedded runtime: alone on the folder, after what was left unfinished. */
export const withWritableLocalTarget = <A>(
  context: Context,
  task: (target: WritableTarget) => Promise<A>,
): Promise<A> =>
  withStateLock(context.state, async () => {
    const { state, now, quiet } = context;
    const progress = stageProgress(quiet);
    await resumeUnfinishedRun(state, progress);
    const { last } = await readStateFile(state);
    const config = runConfig(last);
    const clock = commandClock(last, now);
    const source =
      last === undefined
        ? noSource
        : createSource(last, { ...openStores(state, config), clock, progress });
    const { environment, drain } = openRuntime({ state, config, source, clock, progress });
    const { objects, documents, publisher } = environment;
    return task({
      ...localServices(context),
      ...{ config, clock, objects, documents, publisher },
      execute: async ({ publish, poll }) => {
        getOrThrow(await publish());
        assertNoDeadLetter(await drain());
        const effect = await poll();
        if (effect === undefined)
          throw new FailureError(
            permanent('conflict', 'Every stage has run, and nothing has come of it.'),
          );
        return effect;
      },
    });
  });
