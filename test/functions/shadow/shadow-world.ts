import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../../functions/environment.js';
import { transient } from '../../../shared/codec/failure.js';
import type {
  WindowJob,
  WindowScorer,
} from '../../../shared/research/walk-forward/window-scorer.js';
import { json } from '../../support/fault-free-month.js';
import { inProcessScorer } from '../../support/in-process-scorer.js';
import { type Incoming, memoryWorld, type World } from '../../support/memory-world.js';
import { LAST_DAY, MODE, plainTree, smallHistory } from '../../support/small-history.js';

/** Two windows for each of the two targets. */
export const WINDOWS = 4;

export const plainScorer = inProcessScorer(plainTree);

/** Remembers what it computed, and dies before it hands over window number `fatal`. */
export const countingScorer = (
  fatal = Number.POSITIVE_INFINITY,
): WindowScorer & { readonly computed: WindowJob[] } => {
  const computed: WindowJob[] = [];
  return {
    ...plainScorer,
    computed,
    score: (sample, jobs, scored) =>
      plainScorer.score(sample, jobs, (scores) => {
        if (computed.length === fatal) return TE.left(transient('unexpected', 'it died'));
        computed.push(scores);
        return scored(scores);
      }),
  };
};

export const shadowWorld = (own: Partial<Environment> = {}): World =>
  memoryWorld({ source: smallHistory, scorer: plainScorer, ...own });

/** What ingest says of the market as of a day. */
export const ingested = async (
  world: World,
  request: { readonly as_of_date?: string; readonly dry_run?: boolean } = {},
): Promise<Incoming> => {
  const answer = await world.deliver('ingest', {
    data: json({ mode: MODE, as_of_date: LAST_DAY, previous_pool: [], ...request }),
  });
  const [message] = answer.published;
  if (message?.topic !== 'market-data-ingested') throw new Error(answer.log[0]?.message);
  return message;
};
