import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type * as t from 'io-ts';
import { decodeJson, explainErrors } from './decode.js';
import { type Failure, permanent } from './failure.js';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Decodes UTF-8, or returns undefined if the bytes are invalid. A byte order mark is preserved. */
export const textOfUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** JSON as the contract requires: two spaces, no trailing newline, non-ASCII unescaped. */
export const jsonText = (value: unknown): string => JSON.stringify(value, null, 2);

/** Validates a value before it is written, so that a writer rejects what a reader would reject. */
export const validated =
  <A>(codec: t.Decoder<unknown, A>, what: string) =>
  (value: unknown): E.Either<Failure, A> =>
    pipe(
      codec.decode(value),
      E.mapLeft((errors) => permanent('contract-invalid', explainErrors(what, errors))),
    );

/**
 * The bytes of a JSON artifact, fields in the codec's order. The value is validated first, so NaN
 * or Infinity is a failure that names the field, never a `null` in the file.
 */
export const encodeJson =
  <A, O>(codec: t.Type<A, O>, file: string) =>
  (value: unknown): E.Either<Failure, Uint8Array> =>
    pipe(
      value,
      validated(codec, file),
      E.map((valid) => utf8(jsonText(codec.encode(valid)))),
    );

/** Parses and decodes a JSON artifact. */
export const readJson =
  <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, file: string) =>
  (bytes: Uint8Array): E.Either<Failure, A> => {
    const text = textOfUtf8(bytes);
    return text === undefined
      ? E.left(permanent('malformed-input', `${file}: expected UTF-8 text, got other bytes`))
      : decodeJson(codec, file)(text);
  };
