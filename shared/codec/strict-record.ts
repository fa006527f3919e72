import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

export interface StrictRecord<D extends t.Mixed, C extends t.Mixed>
  extends t.Type<
    { readonly [K in t.TypeOf<D>]: t.TypeOf<C> },
    { readonly [key: string]: t.OutputOf<C> },
    unknown
  > {
  readonly _tag: 'StrictRecordType';
  readonly domain: D;
  readonly codomain: C;
}

/**
 * An object whose keys all match `domain`, in their original order. The record of io-ts silently
 * drops a key that does not match, so a pool would shrink instead of being rejected.
 */
export const strictRecord = <D extends t.Mixed, C extends t.Mixed>(
  name: string,
  domain: D,
  codomain: C,
): StrictRecord<D, C> => {
  type A = t.TypeOf<StrictRecord<D, C>>;

  const is = (value: unknown): value is A =>
    t.UnknownRecord.is(value) &&
    Object.entries(value).every(([key, member]) => domain.is(key) && codomain.is(member));

  const validate: t.Validate<unknown, A> = (value, context) => {
    if (!t.UnknownRecord.is(value)) return t.failure(value, context, `an object (${name})`);
    const errors: t.ValidationError[] = [];
    const decoded: [string, unknown][] = [];
    for (const [key, member] of Object.entries(value)) {
      const decodedKey = domain.validate(key, t.appendContext(context, key, domain, key));
      const result = codomain.validate(member, t.appendContext(context, key, codomain, member));
      if (E.isLeft(decodedKey)) errors.push(...decodedKey.left);
      else if (E.isLeft(result)) errors.push(...result.left);
      else decoded.push([decodedKey.right, result.right]);
    }
    return errors.length > 0 ? t.failures(errors) : t.success(Object.fromEntries(decoded) as A);
  };

  const encode = (value: A): { readonly [key: string]: t.OutputOf<C> } =>
    Object.fromEntries(
      Object.entries<t.TypeOf<C>>(value).map(([key, member]) => [key, codomain.encode(member)]),
    );

  return Object.assign(
    new t.Type<A, { readonly [key: string]: t.OutputOf<C> }, unknown>(name, is, validate, encode),
    { _tag: 'StrictRecordType' as const, domain, codomain },
  );
};
