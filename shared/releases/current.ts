import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, transient } from '../codec/failure.js';
import { sha256 } from '../codec/hash.js';
import type { PositiveInteger, Version } from '../codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS, type ArtifactFile } from '../contract/constants.js';
import type { ReleaseFiles } from '../contract/release.js';
import { currentKey } from '../object-keys.js';
import type { ObjectInfo, ObjectStore } from '../ports/object-store.js';
import { contentTypeOf } from '../ports/write-once.js';

/** Sequence of the promotion that wrote an object of `current/`; 0 if absent or unnumbered. */
export const sequenceOf = (object: O.Option<Pick<ObjectInfo, 'metadata'>>): number =>
  O.match(
    () => 0,
    ({ metadata }: Pick<ObjectInfo, 'metadata'>) => Number(metadata.promotion_seq ?? 0) || 0,
  )(object);

export interface Promotion {
  readonly seq: PositiveInteger;
  readonly version: Version;
}

export type CopyResult = 'written' | 'unchanged' | 'superseded';

/** Maximum retries per object; each lost race means that another process wrote the object. */
const MAX_RACES = 20;

/**
 * Writes one object of `current/` unless a later promotion wrote it. The generation guards against
 * a concurrent write between read and write, the sequence against a late copy of an older
 * promotion.
 */
const copyObject = (
  objects: ObjectStore,
  { seq, version }: Promotion,
  file: ArtifactFile,
  bytes: Uint8Array,
  races = 0,
): TE.TaskEither<Failure, CopyResult> => {
  const key = currentKey(file);
  const checksum = sha256(bytes);
  return pipe(
    // Compares the bytes, not the metadata, because the bytes may have been changed by hand.
    objects.read(key),
    TE.chain((present): TE.TaskEither<Failure, CopyResult> => {
      if (sequenceOf(present) > seq) return TE.right('superseded');
      if (
        O.isSome(present) &&
        sequenceOf(present) === seq &&
        sha256(present.value.bytes) === checksum
      )
        return TE.right('unchanged');
      return pipe(
        objects.write(key, bytes, {
          ifGenerationMatch: O.isSome(present) ? present.value.generation : 0,
          contentType: contentTypeOf(file),
          metadata: { promotion_seq: String(seq), version, sha256: checksum },
        }),
        TE.chain((result): TE.TaskEither<Failure, CopyResult> => {
          if (result.outcome === 'written') return TE.right('written');
          return races < MAX_RACES
            ? copyObject(objects, { seq, version }, file, bytes, races + 1)
            : TE.left(transient('conflict', `${key} is being written by another process`));
        }),
      );
    }),
  );
};

/**
 * Copies a release to `current/`: payloads first, the manifest last, so that a reader that checks
 * the manifest's checksums detects an incomplete copy. Stops at an object of a later promotion.
 */
export const copyToCurrent = (
  objects: ObjectStore,
  promotion: Promotion,
  files: ReleaseFiles,
): TE.TaskEither<Failure, CopyResult> =>
  ARTIFACTS.reduce<TE.TaskEither<Failure, CopyResult>>(
    (before, artifact) =>
      pipe(
        before,
        TE.chain((result): TE.TaskEither<Failure, CopyResult> => {
          const file = ARTIFACT_FILE[artifact];
          const bytes = files[file];
          if (result === 'superseded') return TE.right(result);
          return pipe(
            copyObject(objects, promotion, file, bytes),
            TE.map((copied) => (copied === 'unchanged' ? result : copied)),
          );
        }),
      ),
    TE.right('unchanged'),
  );

/** Fails unless each object of `current/` has these bytes or belongs to a later promotion. */
export const verifyCurrent = (
  objects: ObjectStore,
  { seq }: Promotion,
  files: ReleaseFiles,
): TE.TaskEither<Failure, unknown> =>
  pipe(
    ARTIFACTS,
    TE.traverseArray((artifact) => {
      const file = ARTIFACT_FILE[artifact];
      return pipe(
        objects.read(currentKey(file)),
        TE.filterOrElse(
          (stored) =>
            sequenceOf(stored) > seq ||
            (O.isSome(stored) && sha256(stored.value.bytes) === sha256(files[file])),
          () =>
            transient('conflict', `${currentKey(file)} does not hold what promotion ${seq} wrote`),
        ),
      );
    }),
  );
