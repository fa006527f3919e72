import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { jsonText, utf8 } from '../../../shared/codec/bytes.js';
import type { PositiveInteger } from '../../../shared/codec/primitives.js';
import { buildRelease } from '../../../shared/contract/build-release.js';
import { RANKING_COLUMNS } from '../../../shared/contract/constants.js';
import { firestoreDocument } from '../../../shared/contract/firestore-document.js';
import { type GateOptions, validateRelease } from '../../../shared/contract/gate/gate.js';
import type { ProblemCode } from '../../../shared/contract/gate/problem.js';
import { readRanking } from '../../../shared/contract/parse-ranking.js';
import { releaseManifest } from '../../../shared/contract/release-manifest.js';
import { parseIsoDay } from '../../../shared/day.js';
import { decodeMessage } from '../../../shared/messages/decode-message.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import { catalogue } from '../../../shared/schema/catalogue.js';
import { type EnvelopedTopic, envelopedTopics, topology } from '../../../shared/topology.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { cause, messageKinds } from '../../support/message-arbitraries.js';
import {
  bytesOf,
  changed,
  everywhere,
  legacy,
  manifest,
  pool,
  ranking,
  type Texts,
  universe,
} from '../contract/gate/release-mutations.js';
import { input, texts } from '../contract/hand-written-release.js';
import { validatorOf } from './validators.js';

/**
 * What no schema can say: for each rule that a schema's description leaves to the gate, a release
 * that the schema admits and the gate refuses.
 */

type Given = Partial<Pick<GateOptions, 'today' | 'firestoreDocument'>> & {
  readonly releaseManifest?: object;
};
type Counterexample = readonly [ProblemCode, Texts, Given?];

const at = {
  bucket: 'b',
  rootPrefix: 'crypto-live-pool-pipelines',
  collection: 'strategy',
  document: 'CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL',
};
const release = getOrThrow(buildRelease(input));
const described = releaseManifest(release, at, { dryRun: true });
const document = firestoreDocument(release, at, 1 as PositiveInteger);
const exactBytes = document.live_pool_legacy_exact_bytes;

const MODE = '"mode": "core_major"';
const NEAR = '"NEARUSDT": {\n      "base_asset": "NEAR"\n    }';
const LTC = '"LTCUSDT": {\n      "base_asset": "LTC"\n    }';
const FIRST = '"symbols": {\n    "TRXUSDT": {\n      "base_asset": "TRX"';
const END = '"source_project": "crypto-live-pool-pipelines"\n}';
const META = END.replace('\n}', ',\n  "selection_meta": {}\n}');
const BYTES =
  'the file is this JSON to the byte: keys in the order of this schema, two spaces of indentation, no final line break';
const AGREEMENT = 'as_of_date, version, mode and source_project are the same in the whole release';
const DATE = 'as_of_date is the same in the whole release';
const SEALED = 'the SHA-256 of the file is the one in artifact_manifest.json';
const DIAGNOSTICS = 'selection_meta, if it is there, repeats the ranking for exactly the pool';
const BASE_ASSET = 'base_asset is the same for a symbol in every place';

/** By schema and rule. */
const counterexamples: Readonly<Record<string, Readonly<Record<string, Counterexample>>>> = {
  latest_universe: {
    [DATE]: ['disagreement', universe('2026-03-13', '2026-03-12')],
    'symbols are sorted by name, each once': [
      'ranking',
      universe('"ADAUSDT",\n    "BCHUSDT"', '"BCHUSDT",\n    "ADAUSDT"'),
    ],
    [SEALED]: ['checksum', changed('latest_universe.json', 'ZECUSDT', 'ZENUSDT')],
    [BYTES]: ['bytes', universe('  "symbols"', ' "symbols"')],
  },
  'latest_ranking.row': {
    [`the first line is ${RANKING_COLUMNS.join(',')}`]: [
      'malformed',
      ranking('confidence,selected_flag', 'confidence,selected'),
    ],
    'every line ends in a single line feed, the last one too': [
      'malformed',
      ranking('risk_off,,False,\n', 'risk_off,,False,'),
    ],
    [DATE]: ['disagreement', ranking('2026-03-13', '2026-03-12')],
    'every symbol of latest_universe.json has one row, and no other symbol has': [
      'ranking',
      ranking('ZECUSDT', 'ZENUSDT'),
    ],
    'current_rank counts 1, 2, 3 down the file; rows without a rank stand last': [
      'ranking',
      ranking('False,7', 'False,9'),
    ],
    'the rows with selected_flag are the pool, in its order': [
      'disagreement',
      ranking('True,5', 'False,5'),
    ],
    [SEALED]: ['checksum', changed('latest_ranking.csv', 'False,7', 'False,8')],
  },
  live_pool: {
    [AGREEMENT]: ['disagreement', pool(MODE, '"mode": "core_minor"')],
    'version is <as_of_date>-<mode>': [
      'version',
      everywhere('2026-03-13-core_major', '2026-03-12-core_major'),
    ],
    'as_of_date is not after today, and at most 45 days ago': [
      'stale',
      texts,
      { today: parseIsoDay('2026-04-28') },
    ],
    'there are as many symbols as expected, by default 5, and pool_size counts them': [
      'pool-size',
      pool('"pool_size": 5', '"pool_size": 4'),
    ],
    'each symbol stands in symbols once': ['membership', pool('"LTCUSDT"\n  ]', '"TRXUSDT"\n  ]')],
    'the keys of symbol_map are the symbols, in the same order': [
      'disagreement',
      pool(`${NEAR},\n    ${LTC}`, `${LTC},\n    ${NEAR}`),
    ],
    [BASE_ASSET]: ['disagreement', pool('"base_asset": "TRX"', '"base_asset": "TRON"')],
    'only symbols of latest_universe.json are chosen': [
      'membership',
      universe('LTCUSDT', 'LTDUSDT'),
    ],
    [DIAGNOSTICS]: ['disagreement', pool(END, META)],
    [SEALED]: ['checksum', changed('live_pool.json', MODE, '"mode": "core_minor"')],
    [BYTES]: ['bytes', pool(END, `${END}\n`)],
  },
  live_pool_legacy: {
    [AGREEMENT]: ['disagreement', legacy(MODE, '"mode": "core_minor"')],
    'the keys of symbols and of symbol_map are the pool, in its order': [
      'disagreement',
      legacy(`${NEAR},\n    ${LTC}`, `${LTC},\n    ${NEAR}`),
    ],
    [BASE_ASSET]: ['disagreement', legacy(FIRST, FIRST.replace('"TRX"', '"TRON"'))],
    'pool_size counts the symbols': ['pool-size', legacy('"pool_size": 5', '"pool_size": 4')],
    [DIAGNOSTICS]: ['disagreement', legacy(END, META)],
    [SEALED]: ['checksum', changed('live_pool_legacy.json', MODE, '"mode": "core_minor"')],
    [BYTES]: ['bytes', legacy(END, `${END}\n`)],
  },
  artifact_manifest: {
    [AGREEMENT]: [
      'disagreement',
      manifest(`${MODE},\n  "symbol_count"`, '"mode": "core_minor",\n  "symbol_count"'),
    ],
    'snapshot_as_of is as_of_date': [
      'disagreement',
      manifest('"snapshot_as_of": "2026-03-13"', '"snapshot_as_of": "2026-03-12"'),
    ],
    'contract_version, strategy_profile and artifact_name match the expected contract': [
      'identity',
      manifest('crypto_live_pool_rotation_live_pool', 'another_pool'),
    ],
    'symbols are the pool, in its order, and symbol_count counts them': [
      'disagreement',
      manifest('"TRXUSDT",\n    "ETHUSDT"', '"ETHUSDT",\n    "TRXUSDT"'),
    ],
    'runtime_evidence_identity, if it is there, repeats the manifest around it': [
      'disagreement',
      manifest('2026-03-13T00:00:00Z', '2026-03-12T00:00:00Z'),
    ],
    [BYTES]: ['bytes', manifest('  "symbol_count": 5', '  "symbol_count":  5')],
  },
  release_manifest: {
    'all but dry_run and publish_enabled follows from the release and where it goes': [
      'release-manifest',
      texts,
      { releaseManifest: { ...described, release_prefix: 'elsewhere' } },
    ],
  },
  firestore_document: {
    'all but promotion_seq follows from the release and where it lies': [
      'document',
      texts,
      { firestoreDocument: { ...document, mode: 'core_minor' } },
    ],
    'utf8_text is live_pool_legacy.json to the byte': [
      'document',
      texts,
      {
        firestoreDocument: {
          ...document,
          live_pool_legacy_exact_bytes: { ...exactBytes, utf8_text: `${exactBytes.utf8_text} ` },
        },
      },
    ],
  },
};

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

  it('every rule that the gate checks has a counterexample, and no other rule has one', () => {
    assert.deepEqual(
      Object.fromEntries(entries.map(({ name, beyond }) => [name, [...beyond].sort()])),
      Object.fromEntries(
        Object.entries(counterexamples).map(([name, rules]) => [name, Object.keys(rules).sort()]),
      ),
    );
  });

  for (const { folder, name } of entries) {
    describe(`the gate requires of ${name} that`, () => {
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
    it(`receivers of ${topic} require the version of its date and mode`, () => {
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
