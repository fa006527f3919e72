import * as TE from 'fp-ts/lib/TaskEither.js';
import { FailureError, permanent } from '../../../shared/failure.js';
import type { MarketDataSource } from '../../../shared/ports/market-data-source.js';
import { queueDeadLetters } from '../../local/dead-letters.js';
import { diskQueue } from '../../local/disk-queue.js';
import { lockFolder } from '../../local/lock.js';
import { openRuntime, openStores } from '../../local/runtime.js';
import { type Context, DEFAULT_STATE, unwrap } from '../context.js';
import { sourceOf } from '../market-source.js';
import { readMemory } from '../memory.js';
import { clockAfter, configOf, finishUnfinished } from '../month.js';
import { stageProgress } from '../progress.js';
import { refuseFailed } from '../refuse-failed.js';
import { storesOf } from '../stores.js';
import type { ControlDesk, Desk } from './desk.js';

const refusal = permanent('configuration', 'No run has told where market data come from.');
const noSource: MarketDataSource = {
  id: 'none',
  live: false,
  synthetic: false,
  metadata: () => TE.left(refusal),
  candidates: () => TE.left(refusal),
  bars: () => TE.left(refusal),
};

const besides = ({ state }: Context): Pick<Desk, 'deadLetters' | 'command'> => ({
  deadLetters: queueDeadLetters(diskQueue(state.queue)),
  command: (words) =>
    `live-pool ${words}${state.root === DEFAULT_STATE ? '' : ` --state ${state.root}`}`,
});

/** The state folder as the last command has left it. */
export const withLocalDesk = async <A>(
  context: Context,
  task: (desk: Desk) => Promise<A>,
): Promise<A> => task({ ...(await storesOf(context)), ...besides(context) });

/** The embedded runtime: alone on the folder, after what was left unfinished. */
export const withLocalControls = async <A>(
  context: Context,
  task: (desk: ControlDesk) => Promise<A>,
): Promise<A> => {
  const { state, now, quiet } = context;
  const lock = unwrap(lockFolder(state.root));
  try {
    const progress = stageProgress(quiet);
    await finishUnfinished(state, progress);
    const { last } = await readMemory(state);
    const config = configOf(last);
    const clock = clockAfter(last, now);
    const source =
      last === undefined
        ? noSource
        : sourceOf(last, { ...openStores(state, config), clock, progress });
    const { environment, drain } = openRuntime({ state, config, source, clock, progress });
    const { objects, documents, publisher } = environment;
    return await task({
      ...besides(context),
      ...{ config, clock, objects, documents, publisher },
      carryOut: async ({ publish, look }) => {
        unwrap(await publish());
        refuseFailed(await drain());
        const effect = await look();
        if (effect === undefined)
          throw new FailureError(
            permanent('conflict', 'Every stage has run, and nothing has come of it.'),
          );
        return effect;
      },
    });
  } finally {
    lock.release();
  }
};
