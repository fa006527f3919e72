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
  /** It was us who created the document, now. */
  readonly created: boolean;
}

/**
 * What the document holds. Whoever finds none makes the value and creates the document with it;
 * whoever finds one, or comes second, takes what is stored: exactly one value ever counts.
 */
export const getOrCreate = <A, D extends DocumentData>(
  documents: DocumentStore,
  path: DocumentPath,
  codec: t.Type<A, D, unknown>,
  make: TE.TaskEither<Failure, A>,
): TE.TaskEither<Failure, CreatedOrExisting<A>> => {
  const what = `${codec.name} ${path.document}`;
  const stored = pipe(
    documents.get(path),
    TE.chainEitherK(
      O.match(
        (): E.Either<Failure, O.Option<A>> => E.right(O.none),
        (data) => pipe(decode(codec, what)(data), E.map(O.some)),
      ),
    ),
  );
  const created = pipe(
    make,
    TE.chain((value) => documents.create(path, codec.encode(value))),
    TE.bindTo('answer'),
    // Whether created or found: what is stored is what counts.
    TE.bind('value', () => stored),
    TE.chainEitherK(({ answer, value }) =>
      pipe(
        value,
        E.fromOption(() => transient('unavailable', `${what} has vanished`)),
        E.map((one): CreatedOrExisting<A> => ({ value: one, created: answer === 'created' })),
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
