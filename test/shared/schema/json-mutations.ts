import fc from 'fast-check';

/** A JSON value with something changed that a careless writer, or another version, may change. */

type Step = string | number;
type Change = (value: unknown) => unknown;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const placesIn = (value: unknown, at: readonly Step[] = []): readonly (readonly Step[])[] => {
  const members = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  return [at, ...members.flatMap(([key, member]) => placesIn(member, [...at, key]))];
};

const changedAt = (value: unknown, path: readonly Step[], change: Change): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? changedAt(item, rest, change) : item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === step ? changedAt(member, rest, change) : member,
    ]),
  );
};

/** 1e400 is a JSON number too, and Infinity once it is read. */
const strangers = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  Number.POSITIVE_INFINITY,
  -0,
  '',
  'x',
  '1',
  [],
  {},
  [null],
  [{}],
];
const numbers = [
  0,
  -0,
  1,
  1.5,
  -1,
  2 ** 53 - 1,
  2 ** 53,
  1e308,
  -1e308,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];
const characters = [...'aZ09-_:/+ .é币Ж٠😀\n\r\u2028\u00a0\u200b\ufeff', '\ud800', '', 'USDT'];
const keys = ['added_later', '', '__proto__', 'constructor', 'TRXUSDT', 'trxusdt', '币USDT', '0'];

const replaced = (text: string, at: number, removed: number, inserted: string): string =>
  text.slice(0, at) + inserted + text.slice(at + removed);

const typo: fc.Arbitrary<(text: string) => string> = fc
  .tuple(fc.nat(), fc.boolean(), fc.constantFrom(...characters))
  .map(
    ([at, overwrites, character]) =>
      (text) =>
        replaced(text, at % (text.length + 1), overwrites ? 1 : 0, character),
  );

/** Applies to one member of an object or list, and to nothing else. */
const onMember =
  (
    choice: number,
    change: (key: string, value: unknown) => readonly (readonly [string, unknown])[],
  ): Change =>
  (value) => {
    const entries = Array.isArray(value)
      ? value.map((item, index) => [String(index), item] as const)
      : Object.entries(isObject(value) ? value : {});
    const changed = entries.flatMap(([key, member], index) =>
      index === choice % entries.length ? change(key, member) : [[key, member] as const],
    );
    if (Array.isArray(value)) return changed.map(([, item]) => item);
    return isObject(value) ? Object.fromEntries(changed) : value;
  };

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>(() => null),
  fc.constantFrom(...strangers).map(
    (stranger): Change =>
      () =>
        stranger,
  ),
  fc.constantFrom(...numbers).map(
    (number): Change =>
      (value) =>
        typeof value === 'number' ? number : value,
  ),
  typo.map(
    (mistake): Change =>
      (value) =>
        typeof value === 'string' ? mistake(value) : value,
  ),
  fc.nat().map((choice) => onMember(choice, () => [])),
  fc.nat().map((choice) =>
    onMember(choice, (key, value) => [
      [key, value],
      [key, value],
    ]),
  ),
  fc
    .tuple(fc.nat(), typo)
    .map(([choice, mistake]) => onMember(choice, (key, value) => [[mistake(key), value]])),
  fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...strangers)).map(
    ([key, stranger]): Change =>
      (value) => {
        if (Array.isArray(value)) return [...value, stranger];
        return isObject(value)
          ? Object.fromEntries([...Object.entries(value), [key, stranger]])
          : value;
      },
  ),
);

/** The value with one to three changes anywhere in it. */
export const mutated = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(values, fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 3 }))
    .map(([sound, plan]) =>
      plan.reduce((value: unknown, [choice, change]) => {
        const places = placesIn(value);
        return changedAt(value, places[choice % places.length] ?? [], change);
      }, sound),
    );
