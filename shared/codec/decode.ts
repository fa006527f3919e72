import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type * as t from 'io-ts';
import { errorMessage } from './error-message.js';
import { type Failure, permanent } from './failure.js';

const MAX_SENTENCES = 3;
const MAX_SHOWN_LENGTH = 80;
const OMITTED_BY_JSON = ['undefined', 'function', 'symbol'];

/**
 * A JSON replacer that keeps the output short for values of any depth or size: after enough values
 * it writes null. Each earlier value adds at least one character, so the shown prefix is complete.
 */
const limitOutput = (): ((key: string, value: unknown) => unknown) => {
  let remaining = MAX_SHOWN_LENGTH + 1;
  return (_key, value) => {
    if (!OMITTED_BY_JSON.includes(typeof value)) remaining -= 1;
    return remaining < 0 ? null : value;
  };
};

const textOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  // JSON prints NaN and Infinity as null and does not support bigint.
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  try {
    return JSON.stringify(value, limitOutput()) ?? String(value);
  } catch {
    // A cycle, or a toJSON() that throws.
    return Object.prototype.toString.call(value);
  }
};

/** A value for an operator: JSON, cut to 80 characters. */
export const shown = (value: unknown): string => {
  const text = textOf(value);
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text;
};

const describe = (type: t.Decoder<unknown, unknown> & { readonly name?: string }): string => {
  const name = type.name ?? 'something else';
  const schema = 'schema' in type ? type.schema : undefined;
  return typeof schema === 'object' && schema !== null && 'description' in schema
    ? `${name} (${schema.description})`
    : name;
};

/** The kind of a codec; for an exact codec, the kind of the codec that it wraps. */
const tagOf = (type: object | undefined): unknown => {
  const tag = type && '_tag' in type ? type._tag : undefined;
  return tag === 'ExactType' && type && 'type' in type ? tagOf(Object(type.type)) : tag;
};

const pathOf = (error: t.ValidationError): string =>
  error.context
    .slice(1)
    // Intersections and unions put the index of their member into the context; it is not a field.
    .filter((entry, index) => {
      const tag = tagOf(error.context[index]?.type);
      return entry.key !== '' && tag !== 'IntersectionType' && tag !== 'UnionType';
    })
    .map((entry) => entry.key)
    .join('.');

/** The errors of io-ts, one sentence per field: path, expected value and actual value. */
export const errorTexts = (errors: t.Errors): readonly string[] => {
  const fields = new Map<string, { readonly expected: Set<string>; readonly got: string }>();
  for (const error of errors) {
    const path = pathOf(error);
    const last = error.context.at(-1)?.type;
    const expected = error.message ?? (last ? describe(last) : 'something else');
    // Each member of a union reports the same field, which gives one sentence: "expected A or B".
    const field = fields.get(path);
    if (field) field.expected.add(expected);
    else fields.set(path, { expected: new Set([expected]), got: shown(error.value) });
  }
  return [...fields].map(
    ([path, { expected, got }]) =>
      `${path === '' ? '' : `${path}: `}expected ${[...expected].join(' or ')}, got ${got}`,
  );
};

/** The errors of io-ts as at most three sentences: path, expected value and actual value. */
export const explainErrors = (what: string, errors: t.Errors): string => {
  const all = errorTexts(errors);
  const rest = all.length - MAX_SENTENCES;
  return `${what}: ${all.slice(0, MAX_SENTENCES).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
};

/** Decodes a value, or returns a permanent failure with the reasons. `what` names the input. */
export const decode =
  <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, what: string = codec.name) =>
  (value: unknown): E.Either<Failure, A> =>
    pipe(
      codec.decode(value),
      E.mapLeft((errors) => permanent('malformed-input', explainErrors(what, errors))),
    );

/** Parses JSON text, or returns a permanent failure with the syntax error. */
export const parseJson =
  (what: string) =>
  (text: string): E.Either<Failure, unknown> =>
    E.tryCatch(
      (): unknown => JSON.parse(text),
      (cause) =>
        permanent('malformed-input', `${what}: not JSON: ${errorMessage(cause)}`, { cause }),
    );

/** Parses JSON text and decodes it. */
export const decodeJson =
  <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, what: string = codec.name) =>
  (text: string): E.Either<Failure, A> =>
    pipe(text, parseJson(what), E.chain(decode(codec, what)));
