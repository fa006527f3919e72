import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type * as t from 'io-ts';
import { decodeJson, explainErrors } from './decode.js';
import { type Failure, permanent } from './failure.js';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The text, or undefined where the bytes are not UTF-8. A byte order mark stays visible. */
export const textOfUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** JSON as the contract writes it: two spaces, no trailing newline, non-ASCII kept. */
export const jsonText = (value: unknown): string => JSON.stringify(value, null, 2);

/** The value if the codec admits it; a writer refuses what a reader would. */
export const validated =
  <A>(codec: t.Decoder<unknown, A>, what: string) =>
  (value: unknown): E.Either<Failure, A> =>
    pipe(
      codec.decode(value),
      E.mapLeft((errors) => permanent('contract-invalid', explainErrors(what, errors))),
    );

/**
 * The bytes of a JSON artifact, fields in the codec's order. The value is proven first, so NaN or
 * Infinity is a failure that names the field and never a `null` in the file.
 */
export const encodeJson =
  <A, O>(codec: t.Type<A, O>, file: string) =>
  (value: unknown): E.Either<Failure, Uint8Array> =>
    pipe(
      value,
      validated(codec, file),
      E.map((sound) => utf8(jsonText(codec.encode(sound)))),
    );

/** Reads a JSON artifact. */
export const readJson =
  <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, file: string) =>
  (bytes: Uint8Array): E.Either<Failure, A> => {
    const text = textOfUtf8(bytes);
    return text === undefined
      ? E.left(permanent('malformed-input', `${file}: expected UTF-8 text, got other bytes`))
      : decodeJson(codec, file)(text);
  };
