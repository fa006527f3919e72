import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { encodeJson } from '../../shared/codec/bytes.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { sha256 } from '../../shared/codec/hash.js';
import type { Files } from './history-files.js';
import { SHADOW_INDEX_FILE, ShadowIndex, type ShadowPointer } from './shadow-index.js';
import type { ShadowStore } from './shadow-store.js';
import { updatePointer } from './update-pointer.js';

export interface StoredHistory {
  readonly outcome: 'done' | 'already_done';
  readonly pointer: ShadowPointer;
}

/** What the index says beside the files; the tracks are proved when it is written. */
export interface HistoryFields extends Omit<ShadowIndex, 'files' | 'tracks'> {
  readonly tracks: readonly unknown[];
}

/** Hundreds of small files: not one after the other, not all at once. */
const AT_ONCE = 16;

const writeAll = (
  store: ShadowStore,
  folder: string,
  files: Files,
): TE.TaskEither<Failure, unknown> =>
  pipe(
    [...files],
    RA.chunksOf(AT_ONCE),
    TE.traverseSeqArray(
      TE.traverseArray(([path, bytes]) =>
        pipe(
          store.writeOnce(`${folder}${path}`, bytes),
          TE.filterOrElse(
            ({ outcome }) => outcome !== 'different',
            () =>
              permanent(
                'conflict',
                `${folder}${path}: expected the bytes that its history names, got others; remove that history`,
              ),
          ),
        ),
      ),
    ),
  );

/**
 * Keeps the files under a name that is made of their content, their index last, and then points to
 * them. A history whose index is there is complete and is not written again.
 */
export const storeHistory = (
  store: ShadowStore,
  facts: HistoryFields,
  files: Files,
): TE.TaskEither<Failure, StoredHistory> =>
  pipe(
    TE.fromEither(
      encodeJson(
        ShadowIndex,
        SHADOW_INDEX_FILE,
      )({
        ...facts,
        files: [...files].map(([path, bytes]) => ({ path, sha256: sha256(bytes) })),
      }),
    ),
    TE.bindTo('index'),
    TE.let('pointer', ({ index }): ShadowPointer => {
      const { as_of_date, version } = facts;
      const hash = sha256(index);
      return { build: `builds/${as_of_date}-${hash}/`, as_of_date, version, sha256: hash };
    }),
    TE.bind('before', ({ pointer }) => store.read(`${pointer.build}${SHADOW_INDEX_FILE}`)),
    TE.chainFirst(({ before, index, pointer }) =>
      O.isSome(before)
        ? TE.right(undefined)
        : pipe(
            writeAll(store, pointer.build, files),
            TE.chain(() => writeAll(store, pointer.build, new Map([[SHADOW_INDEX_FILE, index]]))),
          ),
    ),
    TE.chainFirst(({ pointer }) => updatePointer(store, pointer)),
    TE.map(({ before, pointer }) => ({
      outcome: O.isSome(before) ? ('already_done' as const) : ('done' as const),
      pointer,
    })),
  );
