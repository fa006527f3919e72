import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import type { Sha256 } from '../../shared/codec/primitives.js';
import type { Sample } from '../../shared/research/sample.js';
import type { WindowScores } from '../../shared/research/walk-forward/score-window.js';
import {
  decodeWindowScores,
  encodeWindowScores,
} from '../../shared/research/walk-forward/window-codec.js';
import { windowKey } from '../../shared/research/walk-forward/window-key.js';
import type { WindowJob } from '../../shared/research/walk-forward/window-scorer.js';
import type { ShadowEnvironment } from './shadow-environment.js';
import type { ShadowStore } from './shadow-store.js';

export interface ScoredWindows {
  /** One per job, in no particular order. */
  readonly windows: readonly WindowScores[];
  /** The number of windows computed now; the others came from the store. */
  readonly computed: number;
}

const nameOf = ({ window, target }: WindowJob): string => `${target} ${window.id}`;

/** A stored window that cannot be decoded counts as missing, because it can be recomputed. */
const readStoredWindow = (
  store: ShadowStore,
  key: Sha256,
): TE.TaskEither<Failure, O.Option<WindowScores>> =>
  pipe(
    store.read(key),
    TE.map(O.chain(({ bytes }) => O.fromEither(decodeWindowScores(key)(bytes)))),
  );

/**
 * Reads stored windows and computes the missing ones. Each computed window is stored immediately,
 * so that an interrupted run resumes with the windows that are still missing.
 */
export const scoreMissing = (
  { windows: store, scorer }: Pick<ShadowEnvironment, 'windows' | 'scorer'>,
  sample: Sample,
  jobs: readonly WindowJob[],
): TE.TaskEither<Failure, ScoredWindows> => {
  const keys = new Map(
    jobs.map((job) => [nameOf(job), windowKey(sample, job.window, job.target, scorer.model)]),
  );
  const storeWindow = (scores: WindowScores): TE.TaskEither<Failure, unknown> =>
    store.writeOnce(keys.get(nameOf(scores)) ?? '', encodeWindowScores(scores));
  return pipe(
    [...keys.values()],
    TE.traverseArray((key) => readStoredWindow(store, key)),
    TE.chain((stored) => {
      const missing = jobs.filter((_, index) => stored[index]?._tag !== 'Some');
      const windows = stored.flatMap((window) => (O.isSome(window) ? [window.value] : []));
      return pipe(
        scorer.score(sample, missing, (scores) => {
          windows.push(scores);
          return storeWindow(scores);
        }),
        TE.map(() => ({ windows, computed: missing.length })),
      );
    }),
  );
};
