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
  /** One per job, in no order. */
  readonly windows: readonly WindowScores[];
  /** How many of them had to be computed; the others were kept from before. */
  readonly computed: number;
}

const nameOf = ({ window, target }: WindowJob): string => `${target} ${window.id}`;

/** A window that cannot be read is as good as none: it can be computed again. */
const readStoredWindow = (
  store: ShadowStore,
  key: Sha256,
): TE.TaskEither<Failure, O.Option<WindowScores>> =>
  pipe(
    store.read(key),
    TE.map(O.chain(({ bytes }) => O.fromEither(decodeWindowScores(key)(bytes)))),
  );

/**
 * Every window, taken from the store where it is kept and computed where it is not. What is computed
 * is kept at once: whoever is interrupted goes on with what is missing.
 */
export const scoreMissing = (
  { windows: store, scorer }: Pick<ShadowEnvironment, 'windows' | 'scorer'>,
  sample: Sample,
  jobs: readonly WindowJob[],
): TE.TaskEither<Failure, ScoredWindows> => {
  const keys = new Map(
    jobs.map((job) => [nameOf(job), windowKey(sample, job.window, job.target, scorer.model)]),
  );
  const keep = (scores: WindowScores): TE.TaskEither<Failure, unknown> =>
    store.writeOnce(keys.get(nameOf(scores)) ?? '', encodeWindowScores(scores));
  return pipe(
    [...keys.values()],
    TE.traverseArray((key) => readStoredWindow(store, key)),
    TE.chain((kept) => {
      const missing = jobs.filter((_, place) => kept[place]?._tag !== 'Some');
      const windows = kept.flatMap((one) => (O.isSome(one) ? [one.value] : []));
      return pipe(
        scorer.score(sample, missing, (scores) => {
          windows.push(scores);
          return keep(scores);
        }),
        TE.map(() => ({ windows, computed: missing.length })),
      );
    }),
  );
};
