import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { encodeJson, readJson } from '../../shared/codec/bytes.js';
import { type Failure, transient } from '../../shared/codec/failure.js';
import type { StoredObject } from '../../shared/ports/object-store.js';
import { SHADOW_POINTER_FILE, ShadowPointer } from './shadow-index.js';
import type { ShadowStore } from './shadow-store.js';

const MAX_ATTEMPTS = 5;

/** The pointer never moves to an earlier day; on the same day the last history wins. */
const isUpToDate = (present: ShadowPointer, next: ShadowPointer): boolean =>
  present.as_of_date > next.as_of_date || present.sha256 === next.sha256;

const stored = (
  found: O.Option<StoredObject>,
): TE.TaskEither<Failure, ShadowPointer | undefined> =>
  O.isNone(found)
    ? TE.right(undefined)
    : TE.fromEither(readJson(ShadowPointer, SHADOW_POINTER_FILE)(found.value.bytes));

/** Points to a complete history, unless the pointer already names a later day. */
export const updatePointer = (
  store: ShadowStore,
  next: ShadowPointer,
  attempts = MAX_ATTEMPTS,
): TE.TaskEither<Failure, void> =>
  pipe(
    store.read(SHADOW_POINTER_FILE),
    TE.bindTo('found'),
    TE.bind('present', ({ found }) => stored(found)),
    TE.bind('bytes', () => TE.fromEither(encodeJson(ShadowPointer, SHADOW_POINTER_FILE)(next))),
    TE.chain(({ found, present, bytes }) => {
      if (present !== undefined && isUpToDate(present, next)) return TE.right(undefined);
      const generation = O.isSome(found) ? found.value.generation : 0;
      return pipe(
        store.replace(SHADOW_POINTER_FILE, bytes, generation),
        TE.chain(({ outcome }): TE.TaskEither<Failure, void> => {
          if (outcome === 'written') return TE.right(undefined);
          return attempts > 1
            ? updatePointer(store, next, attempts - 1)
            : TE.left(
                transient(
                  'unavailable',
                  `${SHADOW_POINTER_FILE} was changed by another process ${MAX_ATTEMPTS} times in a row; try again`,
                ),
              );
        }),
      );
    }),
  );
