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

/** The fields of the index other than the files; the codec of the index checks the tracks. */
export interface HistoryFields extends Omit<ShadowIndex, 'files' | 'tracks'> {
  readonly tracks: readonly unknown[];
}

/** Limits concurrent writes: a history has hundreds of small files. */
const MAX_CONCURRENT_WRITES = 16;

const writeAll = (
  store: ShadowStore,
  folder: string,
  files: Files,
): TE.TaskEither<Failure, unknown> =>
  pipe(
    [...files],
    RA.chunksOf(MAX_CONCURRENT_WRITES),
    TE.traverseSeqArray(
      TE.traverseArray(([path, bytes]) =>
        pipe(
          store.writeOnce(`${folder}${path}`, bytes),
          TE.filterOrElse(
            ({ outcome }) => outcome !== 'different',
            () =>
              permanent(
                'conflict',
                `${folder}${path}: its content differs from the index of its history; remove that history`,
              ),
          ),
        ),
      ),
    ),
  );

/**
 * Writes the files under a content-addressed prefix, the index last, then updates the pointer. A
 * history whose index exists is complete and is not written again.
 */
export const storeHistory = (
  store: ShadowStore,
  fields: HistoryFields,
  files: Files,
): TE.TaskEither<Failure, StoredHistory> =>
  pipe(
    TE.fromEither(
      encodeJson(
        ShadowIndex,
        SHADOW_INDEX_FILE,
      )({
        ...fields,
        files: [...files].map(([path, bytes]) => ({ path, sha256: sha256(bytes) })),
      }),
    ),
    TE.bindTo('index'),
    TE.let('pointer', ({ index }): ShadowPointer => {
      const { as_of_date, version } = fields;
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
