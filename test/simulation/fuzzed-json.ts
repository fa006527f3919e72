type Random = () => number;

/** Random choices from a seeded stream of numbers. */
export interface Draw {
  readonly below: (limit: number) => number;
  readonly pick: <A>(items: readonly A[]) => A;
}

export const drawFrom = (random: Random): Draw => {
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    pick: (items) => {
      const [item] = items.slice(below(items.length));
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
  };
};

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '', '\u0000'];

/** JSON texts that are invalid as the value of any field of any message. */
const JUNK = [
  ...['null', '[]', '{}', '""', '" "', '-1', '0', '0.5', '1e400', '-1e400', '9007199254740993'],
  ...['1e-400', '-0', '123456789012345678901234567890', '[[]]', '[null]', '{"":{}}', '"\\ud800"'],
  ...['"NaN"', '"Infinity"', '"null"', '"undefined"', '"[object Object]"', '"1"', '"true"'],
  ...['"2026-02-30"', '"9999-99-99"', '"../../releases"', '"gs://"', '"\\u0000"', '"\\u202e币🪙"'],
  ...['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}'],
  ...['{"length":1e9}', '{"toString":null}', '{"then":1}', '{"_tag":"Right","right":{}}'],
  // These are not valid JSON.
  ...['NaN', 'Infinity', 'undefined', '01', "'text'", '{"a":1,}', '"\n"', ''],
];

const ROOM = 1_000_000;
/** Chosen rarely, because each takes as long as a thousand others. */
const HUGE = [
  `"${'x'.repeat(ROOM)}"`,
  `"${' '.repeat(ROOM)}"`,
  `[${'0,'.repeat(ROOM / 2)}0]`,
  `[${'"BTCUSDT",'.repeat(ROOM / 10)}"BTCUSDT"]`,
  `${'['.repeat(ROOM / 2)}${']'.repeat(ROOM / 2)}`,
  `${'{"a":'.repeat(ROOM / 6)}1${'}'.repeat(ROOM / 6)}`,
  '9'.repeat(ROOM),
];

/** The changes that apply to a whole message: it must keep a value. */
const WHOLE = ['junk instead of', 'a wrapped', 'something else in'];

interface Place {
  readonly parent: object;
  readonly key: string;
}

const placesIn = (parent: object): readonly Place[] =>
  Object.keys(parent).flatMap((key) => {
    const value: unknown = Reflect.get(parent, key);
    return [
      { parent, key },
      ...(typeof value === 'object' && value !== null ? placesIn(value) : []),
    ];
  });

const copyOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Also where the key is `__proto__`. */
const put = ({ parent, key }: Place, value: unknown): void => {
  Reflect.defineProperty(parent, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
};

/** Damages the JSON text of a message in one to three places, and describes the damage. */
export const jsonFuzzer = ({ below, pick }: Draw) => {
  const junk = (): string => (below(800) === 0 ? pick(HUGE) : pick(JUNK));

  /** Changes to a message as a tree. Raw JSON goes in as `raw(text)`. */
  const changes: Readonly<
    Record<string, (place: Place, others: readonly Place[], raw: (text: string) => string) => void>
  > = {
    'junk instead of': (place, _, raw) => put(place, raw(junk())),
    'a missing': ({ parent, key }) => {
      Reflect.deleteProperty(parent, key);
    },
    'another name for': ({ parent, key }) => {
      const value: unknown = Reflect.get(parent, key);
      Reflect.deleteProperty(parent, key);
      put({ parent, key: pick([...NAMES, key.toUpperCase(), ` ${key}`]) }, value);
    },
    'something else in': ({ parent, key }, _, raw) => {
      const value: unknown = Reflect.get(parent, key);
      const holder = typeof value === 'object' && value !== null ? value : parent;
      put({ parent: holder, key: pick(NAMES) }, raw(junk()));
    },
    'a wrapped': (place) => {
      const value: unknown = Reflect.get(place.parent, place.key);
      put(place, below(2) === 0 ? [value] : { [pick(NAMES)]: value });
    },
    'another value for': (place, others) => {
      const { parent, key } = pick(others);
      put(place, copyOf(Reflect.get(parent, key)));
    },
    'a spoilt text of': (place) => {
      const value: unknown = Reflect.get(place.parent, place.key);
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const at = below(text.length);
      const spoilt = pick(['', 'A', 'a', '/', '-', '\u0000', '\n', 'é', '币', '\ud800', text]);
      put(place, `${text.slice(0, at)}${spoilt}${text.slice(at + 1)}`);
    },
  };
  const kinds = Object.keys(changes).flatMap((kind) =>
    // Chosen less often: unknown fields are mostly harmless, and harmless messages run longest.
    Array.from({ length: kind === 'something else in' ? 1 : 4 }, () => kind),
  );

  return (text: string): { readonly text: string; readonly how: string } => {
    const holder: { message: unknown } = { message: JSON.parse(text) };
    const raws: string[] = [];
    const raw = (content: string): string => {
      raws.push(content);
      return `@@${raws.length - 1}@@`;
    };
    const how: string[] = [];
    for (let left = pick([1, 1, 1, 2, 3]); left > 0; left -= 1) {
      // The wrapper keeps its only field, which holds the message.
      const [root, ...places] = placesIn(holder);
      if (root === undefined) break;
      const whole = places.length === 0 || below(100) === 0;
      const place = whole ? root : pick(places);
      const kind = pick(whole ? WHOLE : kinds);
      changes[kind]?.(place, places, raw);
      how.push(`${kind} ${place.key}`);
    }
    const result = JSON.stringify(holder.message).replace(
      /"@@(\d+)@@"/g,
      (_, index) => raws[Number(index)] ?? '',
    );
    return { text: result, how: how.join(', ') };
  };
};
