import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { explainErrors } from '../../../shared/codec/decode.js';
import {
  attributesOf,
  parseControlAttributes,
} from '../../../shared/messages/control-attributes.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import { catalogue } from '../../../shared/schema/catalogue.js';
import { asOfDate, mode, symbol } from '../../support/arbitraries.js';
import * as artifact from '../../support/artifact-arbitraries.js';
import { cause, messageKinds } from '../../support/message-arbitraries.js';
import { validatorOf } from './validators.js';

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
const mutated = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(values, fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 3 }))
    .map(([sound, plan]) =>
      plan.reduce((value: unknown, [choice, change]) => {
        const places = placesIn(value);
        return changedAt(value, places[choice % places.length] ?? [], change);
      }, sound),
    );

const command = fc.record(
  {
    intent: fc.constantFrom('publish', 'rollback', 'restate'),
    reason: fc.constantFrom('bad input', '🪙'.repeat(500)),
    expected_seq: fc.constantFrom('1', '999999999999999'),
  },
  { requiredKeys: [] },
);
const misspelt = fc.record(
  {
    intent: fc.constantFrom('publish', 'rollback', 'restate', 'Rollback', ''),
    reason: fc.constantFrom('bad input', '', ' ', 'x'.repeat(501)),
    expected_seq: fc.constantFrom('1', '0', '01', '-1', '1.0', '1000000000000000'),
  },
  { requiredKeys: [] },
);

for (const { topic, payload } of messageKinds) {
  describe(`The schema of the attributes of ${topic}`, () => {
    const valid = validatorOf(`messages/${topic}.attributes`);
    const attributes = fc
      .tuple(cause, payload)
      .map(([origin, content]) => attributesOf(makeMessage(topic, origin, content)));

    it('admits and requires every published attribute, and allows further attributes', () => {
      fc.assert(
        fc.property(attributes, (sent) => {
          assert.ok(valid({ ...sent, googclient_traceparent: 'x' }), JSON.stringify(valid.errors));
          for (const name of Object.keys(sent)) {
            const rest = Object.entries(sent).filter(([key]) => key !== name);
            assert.ok(!valid(Object.fromEntries(rest)), `${name} was not missed`);
            assert.ok(!valid({ ...sent, [name]: '?' }), `${name} may be anything`);
          }
        }),
        { numRuns: 20 },
      );
    });

    if (topic === 'release-materialised')
      it('accepts exactly the control attributes that the parser accepts', () => {
        const seen = { understood: 0, refused: 0 };
        const commands = fc.oneof(command, misspelt, mutated(command));
        fc.assert(
          fc.property(attributes, commands, (sent, given) => {
            fc.pre(typeof given === 'object' && given !== null && !Array.isArray(given));
            const understood = E.isRight(parseControlAttributes(given));
            seen[understood ? 'understood' : 'refused'] += 1;
            assert.equal(valid({ ...given, ...sent }), understood, JSON.stringify(valid.errors));
          }),
          { numRuns: 400 },
        );
        assert.ok(seen.understood >= 40 && seen.refused >= 40, JSON.stringify(seen));
      });
  });
}

const runRequest = fc.record(
  {
    mode,
    as_of_date: asOfDate,
    dry_run: fc.boolean(),
    allow_stale: fc.boolean(),
    previous_pool: fc.array(symbol, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const sound: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  latest_universe: artifact.latestUniverse,
  'latest_ranking.row': artifact.rankingRow,
  live_pool: artifact.livePool,
  live_pool_legacy: artifact.livePoolLegacy,
  artifact_manifest: artifact.artifactManifest,
  release_manifest: artifact.releaseManifest,
  firestore_document: artifact.firestoreDocument,
  'run-request': runRequest,
  'reconcile-requested': fc.constant({}),
  ...Object.fromEntries(
    messageKinds.map(({ topic, payload }) => [
      topic,
      fc.tuple(cause, payload).map(([origin, content]) => makeMessage(topic, origin, content)),
    ]),
  ),
};

/** Drawn records have no prototype; a value that was read has. */
const asRead = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  values.map((value): unknown => JSON.parse(JSON.stringify(value)));

describe('Every schema', () => {
  it('has test values', () => {
    assert.deepEqual(catalogue.map(({ name }) => name).sort(), Object.keys(sound).sort());
  });
});

for (const { folder, name, codec } of catalogue) {
  describe(`The schema ${folder}/${name}`, () => {
    const valid = validatorOf(`${folder}/${name}`);
    const values = asRead(sound[name] ?? fc.constant(undefined));

    it('admits what its codec admits', () => {
      fc.assert(
        fc.property(values, (value) => {
          assert.ok(E.isRight(codec.decode(value)));
          assert.ok(valid(value), JSON.stringify(valid.errors));
        }),
        { numRuns: 60 },
      );
    });

    it('agrees with its codec on values that are changed at random, with no exception', () => {
      let refused = 0;
      fc.assert(
        fc.property(mutated(values), (value) => {
          const decoded = codec.decode(value);
          const admitted = valid(value);
          if (!admitted) refused += 1;
          const why = E.isLeft(decoded)
            ? `only the codec refuses: ${explainErrors(name, decoded.left)}`
            : `only the schema refuses: ${JSON.stringify(valid.errors)}`;
          assert.equal(admitted, E.isRight(decoded), why);
        }),
        { numRuns: 400 },
      );
      // As many must be caught that agreement means something.
      assert.ok(refused >= 100, `only ${refused} of 400 were refused`);
    });
  });
}
