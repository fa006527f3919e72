import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type * as t from 'io-ts';
import { type Failure, permanent } from './failure.js';

const MAXIMUM_SENTENCES = 3;
const MAXIMUM_SHOWN = 80;
const LEFT_OUT_OF_JSON = ['undefined', 'function', 'symbol'];

/**
 * Lets JSON end early, by values that come out as null: each value before them has already added
 * at least one character, so nothing that is shown is lost. No value is too deep or too large.
 */
const onlyWhatIsShown = (): ((key: string, value: unknown) => unknown) => {
  let remaining = MAXIMUM_SHOWN + 1;
  return (_key, value) => {
    if (!LEFT_OUT_OF_JSON.includes(typeof value)) remaining -= 1;
    return remaining < 0 ? null : value;
  };
};

const textOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  // JSON would print NaN and Infinity as null, and knows no bigint.
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  try {
    return JSON.stringify(value, onlyWhatIsShown()) ?? String(value);
  } catch {
    // A cycle, or a toJSON() that throws.
    return Object.prototype.toString.call(value);
  }
};

/** A value as an operator reads it: JSON, at most 80 characters of it. */
export const shown = (value: unknown): string => {
  const text = textOf(value);
  return text.length > MAXIMUM_SHOWN ? `${text.slice(0, MAXIMUM_SHOWN)}…` : text;
};

const describe = (type: t.Decoder<unknown, unknown> & { readonly name?: string }): string => {
  const name = type.name ?? 'something else';
  const schema = 'schema' in type ? type.schema : undefined;
  return typeof schema === 'object' && schema !== null && 'description' in schema
    ? `${name} (${schema.description})`
    : name;
};

/** What kind of codec it is; an exact one is what it strips. */
const tagOf = (type: object | undefined): unknown => {
  const tag = type && '_tag' in type ? type._tag : undefined;
  return tag === 'ExactType' && type && 'type' in type ? tagOf(Object(type.type)) : tag;
};

const pathOf = (error: t.ValidationError): string =>
  error.context
    .slice(1)
    // Intersections and unions put the index of their member into the context; it is no field.
    .filter((entry, index) => {
      const tag = tagOf(error.context[index]?.type);
      return entry.key !== '' && tag !== 'IntersectionType' && tag !== 'UnionType';
    })
    .map((entry) => entry.key)
    .join('.');

/** What io-ts found, one sentence per field: where, what was expected and what came. */
export const errorTexts = (errors: t.Errors): readonly string[] => {
  const fields = new Map<string, { readonly expected: Set<string>; readonly got: string }>();
  for (const error of errors) {
    const path = pathOf(error);
    const last = error.context.at(-1)?.type;
    const expected = error.message ?? (last ? describe(last) : 'something else');
    // Every member of a union complains about the same field: one sentence, "expected A or B".
    const field = fields.get(path);
    if (field) field.expected.add(expected);
    else fields.set(path, { expected: new Set([expected]), got: shown(error.value) });
  }
  return [...fields].map(
    ([path, { expected, got }]) =>
      `${path === '' ? '' : `${path}: `}expected ${[...expected].join(' or ')}, got ${got}`,
  );
};

/** What io-ts found, as at most three sentences that name the field, what was expected and what came. */
export const explainErrors = (what: string, errors: t.Errors): string => {
  const all = errorTexts(errors);
  const rest = all.length - MAXIMUM_SENTENCES;
  return `${what}: ${all.slice(0, MAXIMUM_SENTENCES).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
};

/** Decodes a value, or says in a permanent failure why it is not one. `what` names the thing read. */
export const decode =
  <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, what: string = codec.name) =>
  (value: unknown): E.Either<Failure, A> =>
    pipe(
      codec.decode(value),
      E.mapLeft((errors) => permanent('malformed-input', explainErrors(what, errors))),
    );

/** Parses JSON text, or says why it is none. */
export const parseJson =
  (what: string) =>
  (text: string): E.Either<Failure, unknown> =>
    E.tryCatch(
      (): unknown => JSON.parse(text),
      (cause) =>
        permanent(
          'malformed-input',
          `${what}: not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
          { cause },
        ),
    );

/** Parses JSON text and decodes it. */
export const decodeJson =
  <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, what: string = codec.name) =>
  (text: string): E.Either<Failure, A> =>
    pipe(text, parseJson(what), E.chain(decode(codec, what)));
