import * as E from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { type Failure, permanent } from '../failure.js';

const MAXIMUM_SENTENCES = 3;
const MAXIMUM_SHOWN = 80;

const shown = (value: unknown): string => {
  const text =
    value === undefined
      ? 'nothing'
      : typeof value === 'function'
        ? 'a function'
        : (JSON.stringify(value) ?? String(value));
  return text.length > MAXIMUM_SHOWN ? `${text.slice(0, MAXIMUM_SHOWN)}…` : text;
};

const sentence = (error: t.ValidationError): string => {
  const entries = error.context.slice(1);
  // Intersections and unions put the index of their member into the context; it is no field.
  const path = entries
    .filter((entry, index) => {
      const parent = error.context[index]?.type;
      const tag = parent && '_tag' in parent ? parent._tag : undefined;
      return entry.key !== '' && tag !== 'IntersectionType' && tag !== 'UnionType';
    })
    .map((entry) => entry.key)
    .join('.');
  const expected = error.context.at(-1)?.type.name ?? 'something else';
  const where = path === '' ? '' : `${path}: `;
  return `${where}expected ${error.message ?? expected}, got ${shown(error.value)}`;
};

/** What io-ts found, as at most three sentences that name the field, what was expected and what came. */
export const explainErrors = (codec: string, errors: t.Errors): string => {
  const sentences = [...new Set(errors.map(sentence))];
  const rest = sentences.length - MAXIMUM_SENTENCES;
  return `${codec}: ${sentences.slice(0, MAXIMUM_SENTENCES).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
};

/** Decodes a value, or says in a permanent failure why it is not one. `what` names the thing read. */
export const decode =
  <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, what: string = codec.name) =>
  (value: unknown): E.Either<Failure, A> =>
    E.mapLeft((errors: t.Errors) => permanent('malformed-input', explainErrors(what, errors)))(
      codec.decode(value),
    );

/** Parses JSON text and decodes it. */
export const decodeJson =
  <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, what: string = codec.name) =>
  (text: string): E.Either<Failure, A> => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      return E.left(permanent('malformed-input', `${what}: not JSON: ${reason}`, { cause }));
    }
    return decode(codec, what)(value);
  };
