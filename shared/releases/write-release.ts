import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../codec/failure.js';
import { sha256 } from '../codec/hash.js';
import { ARTIFACT_FILE, PAYLOAD_ARTIFACTS } from '../contract/constants.js';
import type { Release } from '../contract/release.js';
import type { ObjectStore } from '../ports/object-store.js';
import { contentTypeOf, writeOnce } from '../ports/write-once.js';
import { readReleaseAt } from './read-release.js';

export interface WrittenRelease {
  readonly outcome: 'done' | 'already_done';
  /** The stored release: this one, or an equal one with its own manifest. */
  readonly release: Release;
}

const conflict = (
  prefix: string,
  file: string,
  expected: Uint8Array,
  stored: Uint8Array,
): Failure =>
  permanent(
    'conflict',
    `${prefix}${file} exists with other content: expected SHA-256 ${sha256(expected)}, found ${sha256(stored)}. A release never changes`,
  );

/**
 * Writes the four payloads, then the manifest as the commit mark. An existing payload must have the
 * same bytes; other bytes are a permanent conflict. An existing manifest is kept.
 */
export const writeRelease = (
  objects: ObjectStore,
  prefix: string,
  release: Release,
): TE.TaskEither<Failure, WrittenRelease> => {
  const writeFile = (file: keyof Release['files']) =>
    writeOnce(objects, `${prefix}${file}`, release.files[file], contentTypeOf(file));
  return pipe(
    PAYLOAD_ARTIFACTS,
    TE.traverseSeqArray((name) =>
      pipe(
        writeFile(ARTIFACT_FILE[name]),
        TE.chainEitherK((result) =>
          result.outcome === 'different'
            ? E.left(
                conflict(
                  prefix,
                  ARTIFACT_FILE[name],
                  release.files[ARTIFACT_FILE[name]],
                  result.stored,
                ),
              )
            : E.right(result),
        ),
      ),
    ),
    TE.chain(() => writeFile(ARTIFACT_FILE.artifact_manifest)),
    TE.chain(({ outcome }) =>
      outcome === 'different'
        ? pipe(
            readReleaseAt(objects, prefix),
            TE.map((stored): WrittenRelease => ({ outcome: 'already_done', release: stored })),
          )
        : TE.right<Failure, WrittenRelease>({
            outcome: outcome === 'written' ? 'done' : 'already_done',
            release,
          }),
    ),
  );
};
