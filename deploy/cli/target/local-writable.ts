import * as TE from 'fp-ts/lib/TaskEither.js';
import { FailureError, permanent } from '../../../shared/codec/failure.js';
import type { MarketDataSource } from '../../../shared/market-data/market-data-source.js';
import { openStores } from '../../local/open-stores.js';
import { openRuntime } from '../../local/runtime.js';
import { type Context, unwrap } from '../context.js';
import { refuseFailed } from '../run/assert-no-dead-letter.js';
import { sourceOf } from '../run/market-source.js';
import { finishUnfinished } from '../run/monthly-run.js';
import { clockAfter, configOf } from '../run/run-config.js';
import { readMemory } from '../run/state-file.js';
import { whileHolding } from '../run/with-state-lock.js';
import { stageProgress } from '../terminal/progress.js';
import type { ControlDesk } from './command-target.js';
import { besidesStores } from './local.js';

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
export const withLocalControls = <A>(
  context: Context,
  task: (desk: ControlDesk) => Promise<A>,
): Promise<A> =>
  whileHolding(context.state, async () => {
    const { state, now, quiet } = context;
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
    return task({
      ...besidesStores(context),
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
  });
