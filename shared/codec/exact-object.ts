import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

export type Fields = { readonly [name: string]: t.Mixed };
export type TypeOfFields<R extends Fields, O extends Fields> = {
  readonly [K in keyof R]: t.TypeOf<R[K]>;
} & { readonly [K in keyof O]?: t.TypeOf<O[K]> };
type OutputOfFields<R extends Fields, O extends Fields> = {
  readonly [K in keyof R]: t.OutputOf<R[K]>;
} & { readonly [K in keyof O]?: t.OutputOf<O[K]> };

export interface ExactObject<R extends Fields, O extends Fields>
  extends t.Type<TypeOfFields<R, O>, OutputOfFields<R, O>, unknown> {
  readonly _tag: 'ExactlyType';
  readonly required: R;
  readonly optional: O;
}

const absent = (value: unknown): boolean => value === undefined;

/**
 * An object with exactly these fields. Messages drop unknown fields; artifacts and settings reject
 * them, because there an unknown field is a typing error or belongs to another version. Decoded and
 * encoded objects have their fields in the declared order, required ones first, which is the order
 * in the file.
 */
export const exactObject = <R extends Fields, O extends Fields = Record<never, never>>(
  name: string,
  required: R,
  optional?: O,
): ExactObject<R, O> => {
  const optionals: Fields = optional ?? {};
  const fields = Object.entries<t.Mixed>({ ...required, ...optionals });
  const known = new Set(fields.map(([key]) => key));
  const isOptional = (key: string): boolean => Object.hasOwn(optionals, key);

  const is = (value: unknown): value is TypeOfFields<R, O> =>
    t.UnknownRecord.is(value) &&
    fields.every(([key, codec]) => {
      const member = Object.hasOwn(value, key) ? value[key] : undefined;
      return (isOptional(key) && absent(member)) || codec.is(member);
    }) &&
    Object.keys(value).every((key) => known.has(key));

  const validate: t.Validate<unknown, TypeOfFields<R, O>> = (value, context) => {
    if (!t.UnknownRecord.is(value)) return t.failure(value, context, `an object (${name})`);
    const errors: t.ValidationError[] = [];
    const decoded: Record<string, unknown> = {};
    for (const [key, codec] of fields) {
      const member = Object.hasOwn(value, key) ? value[key] : undefined;
      if (isOptional(key) && absent(member)) continue;
      const result = codec.validate(member, t.appendContext(context, key, codec, member));
      if (E.isLeft(result)) errors.push(...result.left);
      else decoded[key] = result.right;
    }
    for (const key of Object.keys(value)) {
      if (known.has(key)) continue;
      const memberContext = t.appendContext(context, key, t.never, value[key]);
      errors.push({ value: value[key], context: memberContext, message: 'no such field' });
    }
    return errors.length > 0 ? t.failures(errors) : t.success(decoded as TypeOfFields<R, O>);
  };

  const encode = (value: TypeOfFields<R, O>): OutputOfFields<R, O> => {
    const members: Readonly<Record<string, unknown>> = value;
    const encoded: Record<string, unknown> = {};
    for (const [key, codec] of fields)
      if (!absent(members[key])) encoded[key] = codec.encode(members[key]);
    return encoded as OutputOfFields<R, O>;
  };

  return Object.assign(
    new t.Type<TypeOfFields<R, O>, OutputOfFields<R, O>, unknown>(name, is, validate, encode),
    { _tag: 'ExactlyType' as const, required, optional: optionals as O },
  );
};

/**
 * The valid fields of a value, each decoded separately, so that a validator can check the rest of
 * an object with an invalid field. Decoding the whole object reports the fields that are absent
 * here.
 */
export const validFields = <R extends Fields, O extends Fields>(
  codec: ExactObject<R, O>,
  value: unknown,
): Partial<TypeOfFields<R, O>> => {
  const valid: Record<string, unknown> = {};
  if (t.UnknownRecord.is(value)) {
    for (const [key, field] of Object.entries<t.Mixed>({ ...codec.required, ...codec.optional })) {
      const result = Object.hasOwn(value, key) ? field.decode(value[key]) : undefined;
      if (result !== undefined && E.isRight(result)) valid[key] = result.right;
    }
  }
  return valid as Partial<TypeOfFields<R, O>>;
};
