import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import type { PositiveInteger } from '../codec/primitives.js';
import type { Ranking } from './ranking.js';

/** A sealed snapshot's two objects, and the parameters of the ranking. */
export interface RankingJob {
  readonly manifest: Uint8Array;
  readonly bars: Uint8Array;
  readonly mode: string;
  readonly poolSize: PositiveInteger;
}

/** Computes a ranking. It takes a second or two, so it must not block a function's event loop. */
export interface Ranker {
  readonly rank: (job: RankingJob) => TaskEither<Failure, Ranking>;
}
