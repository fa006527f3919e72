import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, transient } from '../codec/failure.js';
import type { ObjectStore } from './object-store.js';

export const CONTENT_TYPES = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  binary: 'application/octet-stream',
} as const;

export const contentTypeOf = (file: string): string =>
  file.endsWith('.csv') ? CONTENT_TYPES.csv : CONTENT_TYPES.json;

/** The object under the key afterwards: these bytes, or the different bytes that existed before. */
export type WriteOnceResult =
  | { readonly outcome: 'written' }
  | { readonly outcome: 'identical' }
  | { readonly outcome: 'different'; readonly stored: Uint8Array };

/** Writes an immutable object. The first writer wins; the others receive its bytes. */
export const writeOnce = (
  objects: ObjectStore,
  key: string,
  bytes: Uint8Array,
  contentType: string,
): TE.TaskEither<Failure, WriteOnceResult> =>
  pipe(
    objects.write(key, bytes, { ifGenerationMatch: 0, contentType }),
    TE.chain((result): TE.TaskEither<Failure, WriteOnceResult> => {
      if (result.outcome === 'written') return TE.right({ outcome: 'written' });
      return pipe(
        objects.read(key),
        TE.chain(
          O.match(
            () =>
              TE.left(
                transient(
                  'unavailable',
                  `${key} exists for writers but not for readers; try again`,
                ),
              ),
            ({ bytes: stored }) =>
              TE.right<Failure, WriteOnceResult>(
                Buffer.compare(stored, bytes) === 0
                  ? { outcome: 'identical' }
                  : { outcome: 'different', stored },
              ),
          ),
        ),
      );
    }),
  );
