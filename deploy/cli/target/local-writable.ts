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

/** The source of a folder without a run: every read fails. */
const unknownSource = ({ commandLine }: Pick<WritableTarget, 'commandLine'>): MarketDataSource => {
  const failure = permanent(
    'configuration',
    `No earlier run in this folder, so the market-data source is unknown. Run the month first: ${commandLine('run --source SOURCE')}`,
  );
  return {
    id: 'none',
    live: false,
    synthetic: false,
    metadata: () => TE.left(failure),
    candidates: () => TE.left(failure),
    bars: () => TE.left(failure),
  };
};

/** The embedded runtime on a locked state folder, after it has finished an unfinished run. */
export const withWritableLocalTarget = <A>(
  context: Context,
  task: (target: WritableTarget) => Promise<A>,
): Promise<A> =>
  withStateLock(context.state, async () => {
    const { state, now, quiet } = context;
    const progress = stageProgress({ quiet });
    await resumeUnfinishedRun(state, progress);
    const { last } = await readStateFile(state);
    const config = runConfig(last);
    const clock = commandClock(last, now);
    const services = localServices(context);
    const source =
      last === undefined
        ? unknownSource(services)
        : createSource(last, { ...openStores(state, config), clock, progress });
    const { environment, drain } = openRuntime({ state, config, source, clock, progress });
    const { objects, documents, publisher } = environment;
    return task({
      ...services,
      ...{ config, clock, objects, documents, publisher },
      execute: async ({ publish, poll }) => {
        getOrThrow(await publish());
        assertNoDeadLetter(await drain());
        const effect = await poll();
        if (effect === undefined)
          throw new FailureError(
            permanent(
              'conflict',
              `All stages finished, but the requested change did not take effect. See: ${services.commandLine('status')}`,
            ),
          );
        return effect;
      },
    });
  });
