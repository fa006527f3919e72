import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../codec/failure.js';
import type { Target } from '../../ranking/models/labels.js';
import type { Sample } from '../sample.js';
import type { WindowScores } from './score-window.js';
import type { Window } from './windows.js';

/** One fit of the walk-forward, and what its models learn. */
export interface WindowJob {
  readonly window: Window;
  readonly target: Target;
}

/** Where the windows are computed: half a minute of it, so not on a function's event loop. */
export interface WindowScorer {
  /** Says which models it fits; another model is another result. */
  readonly model: string;
  /**
   * Scores every job on the one sample, in any order and several at a time, and hands each result
   * over as soon as it is there. The first failure, its own or of handing over, ends it.
   */
  readonly score: (
    sample: Sample,
    jobs: readonly WindowJob[],
    scored: (scores: WindowScores) => TaskEither<Failure, unknown>,
  ) => TaskEither<Failure, void>;
}
