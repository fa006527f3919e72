import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type * as t from 'io-ts';
import { decode } from '../../shared/codec/decode.js';
import { type Failure, transient } from '../../shared/codec/failure.js';
import type {
  DocumentData,
  DocumentPath,
  DocumentStore,
} from '../../shared/ports/document-store.js';

export interface CreatedOrExisting<A> {
  readonly value: A;
  /** True if this call created the document. */
  readonly created: boolean;
}

/**
 * Get-or-create: the first writer wins, and every caller receives the stored value.
 */
export const getOrCreate = <A, D extends DocumentData>(
  documents: DocumentStore,
  path: DocumentPath,
  codec: t.Type<A, D, unknown>,
  make: TE.TaskEither<Failure, A>,
): TE.TaskEither<Failure, CreatedOrExisting<A>> => {
  const label = `${codec.name} ${path.document}`;
  const stored = pipe(
    documents.get(path),
    TE.chainEitherK(
      O.match(
        (): E.Either<Failure, O.Option<A>> => E.right(O.none),
        (data) => pipe(decode(codec, label)(data), E.map(O.some)),
      ),
    ),
  );
  const created = pipe(
    make,
    TE.chain((value) => documents.create(path, codec.encode(value))),
    TE.bindTo('creation'),
    // Read back in both cases: another caller may have created the document first.
    TE.bind('value', () => stored),
    TE.chainEitherK(({ creation, value }) =>
      pipe(
        value,
        E.fromOption(() =>
          transient('unavailable', `${label} was deleted while it was being read`),
        ),
        E.map(
          (storedValue): CreatedOrExisting<A> => ({
            value: storedValue,
            created: creation === 'created',
          }),
        ),
      ),
    ),
  );
  return pipe(
    stored,
    TE.chain(
      O.match(
        () => created,
        (value) => TE.right({ value, created: false }),
      ),
    ),
  );
};
