import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../codec/failure.js';
import type { Target } from '../../ranking/models/labels.js';
import type { Sample } from '../sample.js';
import type { WindowScores } from './score-window.js';
import type { Window } from './windows.js';

/** One fit of the walk-forward, and its target. */
export interface WindowJob {
  readonly window: Window;
  readonly target: Target;
}

/** Computes the windows. It takes half a minute, so it must not block a function's event loop. */
export interface WindowScorer {
  /** Identifies the models that it fits; other models give other results. */
  readonly model: string;
  /**
   * Scores every job on the sample, in any order and several at a time, and passes each result on
   * as soon as it is available. The first failure, of a job or of the receiver, ends it.
   */
  readonly score: (
    sample: Sample,
    jobs: readonly WindowJob[],
    scored: (scores: WindowScores) => TaskEither<Failure, unknown>,
  ) => TaskEither<Failure, void>;
}
