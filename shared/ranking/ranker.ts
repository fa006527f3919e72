import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import type { PositiveInteger } from '../codec/primitives.js';
import type { Ranking } from './ranking.js';

/** A sealed snapshot's two objects, and what to make of it. */
export interface RankingJob {
  readonly manifest: Uint8Array;
  readonly bars: Uint8Array;
  readonly mode: string;
  readonly poolSize: PositiveInteger;
}

/** Where the computing happens: a second or two of it, so not on a function's event loop. */
export interface Ranker {
  readonly rank: (job: RankingJob) => TaskEither<Failure, Ranking>;
}
