import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { jsonText, utf8 } from '../../../shared/codec/bytes.js';
import { RANKING_COLUMNS } from '../../../shared/contract/constants.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import { readRanking } from '../../../shared/contract/parse-ranking.js';
import { parseIsoDay } from '../../../shared/day.js';
import { decodeMessage } from '../../../shared/messages/decode-message.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import { catalogue } from '../../../shared/schema/catalogue.js';
import { type EnvelopedTopic, envelopedTopics, topology } from '../../../shared/topology.js';
import { cause, messageKinds } from '../../support/message-arbitraries.js';
import { bytesOf, type Texts } from '../contract/gate/release-mutations.js';
import { counterexamples, type Given } from './counterexamples.js';
import { validatorOf } from './validators.js';

/**
 * The file of each schema, as the gate names it, and the values in it that the schema describes.
 */
const subjects: Readonly<
  Record<string, readonly [file: string, (release: Texts, given: Given) => readonly unknown[]]>
> = {
  latest_universe: ['latest_universe.json', (of) => [JSON.parse(of['latest_universe.json'])]],
  'latest_ranking.row': [
    'latest_ranking.csv',
    (of) => {
      const rows = of['latest_ranking.csv'].split('\n').slice(1);
      return readRanking([RANKING_COLUMNS.join(','), ...rows].join('\n')).rows ?? [];
    },
  ],
  live_pool: ['live_pool.json', (of) => [JSON.parse(of['live_pool.json'])]],
  live_pool_legacy: ['live_pool_legacy.json', (of) => [JSON.parse(of['live_pool_legacy.json'])]],
  artifact_manifest: ['artifact_manifest.json', (of) => [JSON.parse(of['artifact_manifest.json'])]],
  release_manifest: ['release_manifest.json', (_, given) => [given.releaseManifest]],
  firestore_document: ['Firestore document', (_, given) => [given.firestoreDocument]],
};

describe('Beyond the schemas of a release', () => {
  const entries = catalogue.filter(({ folder }) => folder !== 'messages');

  it('every rule that is left to the gate has a counterexample, and no other has', () => {
    assert.deepEqual(
      Object.fromEntries(entries.map(({ name, beyond }) => [name, [...beyond].sort()])),
      Object.fromEntries(
        Object.entries(counterexamples).map(([name, rules]) => [name, Object.keys(rules).sort()]),
      ),
    );
  });

  for (const { folder, name } of entries) {
    describe(`the gate demands of ${name} that`, () => {
      const valid = validatorOf(`${folder}/${name}`);
      const [file, valuesIn] = subjects[name] ?? assert.fail(`${name} has no subject`);
      for (const [rule, [code, broken, given = {}]] of Object.entries(counterexamples[name] ?? {}))
        it(rule, () => {
          const values = valuesIn(broken, given);
          assert.ok(values.length > 0);
          for (const value of values) assert.ok(valid(value), JSON.stringify(valid.errors));
          const { errors } = validateRelease(bytesOf(broken), {
            today: parseIsoDay('2026-03-14'),
            ...given,
            releaseManifest: given.releaseManifest && utf8(jsonText(given.releaseManifest)),
          });
          const said = errors.map((error) => `${error.code} ${error.message}`);
          assert.ok(
            said.some((one) => one.startsWith(`${code} ${file}: `)),
            said.join('\n'),
          );
        });
    });
  }
});

const receivers: Readonly<Record<EnvelopedTopic, (data: unknown) => E.Either<unknown, unknown>>> = {
  'monthly-run-requested': decodeMessage(topology['monthly-run-requested'].codec),
  'market-data-ingested': decodeMessage(topology['market-data-ingested'].codec),
  'pool-ranked': decodeMessage(topology['pool-ranked'].codec),
  'release-materialised': decodeMessage(topology['release-materialised'].codec),
  'release-promoted': decodeMessage(topology['release-promoted'].codec),
  'live-pool-published': decodeMessage(topology['live-pool-published'].codec),
};

describe('Beyond the schemas of messages', () => {
  it('there is one rule, for every message in an envelope', () => {
    const rule = 'payload.version is <payload.as_of_date>-<payload.mode>';
    assert.deepEqual(
      catalogue
        .filter(({ folder, beyond }) => folder === 'messages' && beyond.length > 0)
        .map(({ name, beyond }) => [name, beyond]),
      envelopedTopics.map((topic) => [topic, [rule]]),
    );
  });

  for (const { topic, payload } of messageKinds)
    it(`receivers of ${topic} demand that the version is that of its date and mode`, () => {
      const valid = validatorOf(`messages/${topic}`);
      fc.assert(
        fc.property(cause, payload, (origin, content) => {
          const sound = makeMessage(topic, origin, content);
          const other = makeMessage(topic, origin, {
            ...content,
            version: '1999-12-31-other_mode',
          });
          for (const one of [sound, other]) assert.ok(valid(one), JSON.stringify(valid.errors));
          assert.ok(E.isRight(receivers[topic](sound)));
          assert.ok(E.isLeft(receivers[topic](other)));
        }),
        { numRuns: 20 },
      );
    });
});
