import * as t from 'io-ts';

/**
 * The constraint of a refined codec beyond its base type, in terms of JSON Schema. The codec checks
 * it and the schema generator prints it, so that the two cannot diverge. Decode errors show the
 * description to the operator.
 */
export type Constraint =
  | { readonly type: 'string'; readonly pattern: string; readonly description: string }
  | { readonly type: 'number'; readonly description: string }
  | {
      readonly type: 'integer';
      readonly minimum: number;
      readonly maximum: number;
      readonly description: string;
    };

export type NameBrand<N extends string> = { readonly [K in N]: symbol };

export interface Refined<C extends t.Any, N extends string> extends t.BrandC<C, NameBrand<N>> {
  readonly schema: Constraint;
}

/** Text that matches the whole of `pattern` (a regular expression without anchors). */
export const refinedText = <N extends string>(
  name: N,
  pattern: string,
  description: string,
): Refined<t.StringC, N> => {
  const schema: Constraint = { type: 'string', pattern: `^(?:${pattern})$`, description };
  const regex = new RegExp(schema.pattern, 'u');
  const codec = t.brand(
    t.string,
    (text): text is t.Branded<string, NameBrand<N>> => regex.test(text),
    name,
  );
  return Object.assign(codec, { schema });
};

/** An integer from `minimum` to the largest safe integer. */
export const refinedInteger = <N extends string>(
  name: N,
  minimum: number,
  description: string,
): Refined<t.NumberC, N> => {
  const codec = t.brand(
    t.number,
    (value): value is t.Branded<number, NameBrand<N>> =>
      Number.isSafeInteger(value) && value >= minimum,
    name,
  );
  const maximum = Number.MAX_SAFE_INTEGER;
  return Object.assign(codec, {
    schema: { type: 'integer' as const, minimum, maximum, description },
  });
};

/** A number that JSON can represent. */
export const refinedNumber = <N extends string>(
  name: N,
  description: string,
): Refined<t.NumberC, N> => {
  const codec = t.brand(
    t.number,
    (value): value is t.Branded<number, NameBrand<N>> => Number.isFinite(value),
    name,
  );
  return Object.assign(codec, { schema: { type: 'number' as const, description } });
};
