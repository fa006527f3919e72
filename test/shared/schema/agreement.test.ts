import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { explainErrors } from '../../../shared/codec/decode.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import { catalogue } from '../../../shared/schema/catalogue.js';
import { asOfDate, mode, symbol } from '../../support/arbitraries.js';
import * as artifact from '../../support/artifact-arbitraries.js';
import { cause, messageKinds } from '../../support/message-arbitraries.js';
import { mutated } from './json-mutations.js';
import { validatorOf } from './validators.js';

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
  it('has values to be tried with', () => {
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
