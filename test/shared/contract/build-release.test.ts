import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { textOfUtf8 } from '../../../shared/codec/bytes.js';
import { buildRelease } from '../../../shared/contract/build-release.js';
import type { ReleaseInput } from '../../../shared/contract/build-release-input.js';
import { CONTRACT } from '../../../shared/contract/constants.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import { LivePool } from '../../../shared/contract/live-pool.js';
import { readRelease } from '../../../shared/contract/release.js';
import { parseIsoDay } from '../../../shared/day.js';
import { releaseInput } from '../../support/arbitraries.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { input, texts } from './hand-written-release.js';

type File = keyof typeof texts;
const files = Object.keys(texts) as readonly File[];

const textOf = (made: ReleaseInput, file: File): string =>
  textOfUtf8(getOrThrow(buildRelease(made)).files[file]) ?? 'not UTF-8';

const refusal = (made: ReleaseInput): string => {
  const result = buildRelease(made);
  assert.ok(E.isLeft(result), 'it was written');
  assert.equal(result.left.kind, 'permanent');
  assert.equal(result.left.code, 'contract-invalid');
  return result.left.message;
};

const withScore = (index: number, change: object): ReleaseInput => ({
  ...input,
  ranking: input.ranking.map((row, at) => (at === index ? { ...row, ...change } : row)),
});

describe('writing a release', () => {
  for (const file of files)
    it(`writes ${file} to the byte`, () => {
      assert.equal(textOf(input, file), texts[file]);
    });

  it('has the version and the checksum of every file', () => {
    const release = getOrThrow(buildRelease(input));
    assert.equal(release.version, '2026-03-13-core_major');
    assert.deepEqual(
      Object.entries(release.sha256),
      files.map((file) => [
        file.replace(/\..*/, ''),
        createHash('sha256').update(texts[file]).digest('hex'),
      ]),
    );
  });

  it('leaves the identity out where no commit is known', () => {
    const text = textOf({ ...input, sourceRevision: undefined }, 'artifact_manifest.json');
    const identityAt = texts['artifact_manifest.json'].indexOf(',\n  "runtime_evidence_identity"');
    assert.equal(text, `${texts['artifact_manifest.json'].slice(0, identityAt)}\n}`);
  });

  it('writes selection_meta, in pool order and last, only when it is switched on', () => {
    const plain = texts['live_pool.json'];
    const start = plain.slice(0, -2);
    const text = textOf({ ...input, selectionMeta: true }, 'live_pool.json');
    assert.ok(
      text.startsWith(`${start},
  "selection_meta": {
    "TRXUSDT": {
      "final_score": 0.9375,
      "confidence": 0.8078289663431175,
      "current_rank": 1
    },
    "ETHUSDT": {`),
      text,
    );
    assert.ok(
      text.endsWith(`
    "LTCUSDT": {
      "final_score": 0.30000000000000004,
      "confidence": 0,
      "current_rank": 5
    }
  }
}`),
      text,
    );
  });

  it('keeps characters beyond ASCII as they are', () => {
    const made: ReleaseInput = {
      ...input,
      pool: input.pool.map((member) => ({ ...member, baseAsset: `币 ${member.baseAsset} é` })),
    };
    assert.match(textOf(made, 'live_pool.json'), /"base_asset": "币 TRX é"/);
  });

  it('accepts another contract', () => {
    const contract = { contractVersion: 'other.v2', strategyProfile: 'other' };
    const { manifest } = getOrThrow(buildRelease({ ...input, contract }));
    assert.equal(manifest.contract_version, 'other.v2');
    assert.equal(manifest.artifact_name, 'other_live_pool');
    assert.equal(manifest.runtime_evidence_identity?.artifact_contract, 'other.v2');
    assert.equal(CONTRACT.strategyProfile, 'crypto_live_pool_rotation');
  });

  it('does not depend on the order of the universe', () => {
    const made = { ...input, universe: [...input.universe].reverse() };
    assert.equal(textOf(made, 'latest_universe.json'), texts['latest_universe.json']);
  });
});

describe('writing a release refuses', () => {
  const finite = 'Finite (a number that is neither NaN nor infinite)';
  const cases: readonly (readonly [string, ReleaseInput, string])[] = [
    [
      'NaN in the ranking',
      withScore(2, { ml_score: Number.NaN }),
      `latest_ranking.csv: line 4: ml_score: expected ${finite} or null, got NaN`,
    ],
    [
      'Infinity in the ranking',
      withScore(5, { confidence: Number.NEGATIVE_INFINITY }),
      `latest_ranking.csv: line 7: confidence: expected ${finite} or null, got -Infinity`,
    ],
    [
      'a selected symbol without confidence, where selection_meta is to be written',
      { ...withScore(1, { confidence: null }), selectionMeta: true },
      `live_pool.json: selection_meta.ETHUSDT.confidence: expected ${finite}, got null`,
    ],
    [
      'a regime that would break the table',
      withScore(0, { regime: 'risk,off' }),
      'latest_ranking.csv: line 2: regime: expected Regime (lower-case letters, digits and _, e.g. risk_off), got "risk,off"',
    ],
    [
      'a symbol that is none',
      { ...input, universe: [...input.universe, 'solusdt'] },
      'latest_universe.json: symbols.8: expected SymbolUsdt (an upper-case symbol that ends in USDT), got "solusdt"',
    ],
    [
      'a base asset that is blank',
      { ...input, pool: [{ symbol: 'TRXUSDT', baseAsset: ' ' }] },
      'live_pool.json: symbol_map.TRXUSDT.base_asset: expected Text (text that is not blank), got " "',
    ],
    [
      'an empty pool',
      { ...input, pool: [] },
      'live_pool.json: pool_size: expected PositiveInteger (a whole number of at least 1), got 0',
    ],
    [
      'a pool in another order than its ranks',
      { ...input, pool: [...input.pool].reverse() },
      'latest_ranking.csv: selected rows by current_rank: expected ["LTCUSDT","NEARUSDT","BCHUSDT","ETHUSDT","TRXUSDT"] as elsewhere in the release, got ["TRXUSDT","ETHUSDT","BCHUSDT","NEARUSDT","LTCUSDT"]',
    ],
    [
      'a scored symbol behind one without a score',
      withScore(5, { final_score: null }),
      'latest_ranking.csv: line 7: current_rank: expected 6, got null; latest_ranking.csv: line 8: current_rank: expected no rank after the ranked rows, got 7',
    ],
  ];
  for (const [title, made, message] of cases)
    it(title, () => {
      assert.equal(refusal(made), message);
    });
});

describe('every release that is written', () => {
  it('passes the gate on its own day', () => {
    fc.assert(
      fc.property(releaseInput, (made) => {
        const { files: written } = getOrThrow(buildRelease(made));
        const verdict = validateRelease(written, {
          today: parseIsoDay(made.asOfDate),
          expectedPoolSize: made.pool.length,
          expectedSourceProject: made.sourceProject,
        });
        assert.deepEqual(verdict.errors, []);
        assert.deepEqual(
          verdict.warnings.map(({ code }) => code),
          made.sourceRevision === undefined ? ['source-revision'] : [],
        );
      }),
      { numRuns: 100 },
    );
  });

  it('is the same bytes when it is written again', () => {
    fc.assert(
      fc.property(releaseInput, (made) => {
        assert.deepEqual(
          getOrThrow(buildRelease(made)),
          getOrThrow(buildRelease(structuredClone(made))),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('is caught by the gate when any byte of its payload has flipped', () => {
    const payload = files.filter((file) => file !== 'artifact_manifest.json');
    fc.assert(
      fc.property(
        releaseInput,
        fc.constantFrom(...payload),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (made, file, at, bits) => {
          const { files: written } = getOrThrow(buildRelease(made));
          const bytes = Uint8Array.from(written[file]);
          const index = at % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ bits;
          const { errors } = validateRelease(
            { ...written, [file]: bytes },
            { today: parseIsoDay(made.asOfDate), expectedPoolSize: made.pool.length },
          );
          assert.ok(
            errors.some(
              ({ code, message }) =>
                code === 'checksum' && message.startsWith(`${file}: SHA-256: `),
            ),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('reading a release', () => {
  it('reads what was written', () => {
    const release = getOrThrow(buildRelease(input));
    assert.deepEqual(getOrThrow(readRelease(release.files)), release);
    assert.ok(LivePool.is(release.livePool));
    assert.equal(release.legacyText, texts['live_pool_legacy.json']);
  });

  it('names the artifacts that are missing', () => {
    const { files: written } = getOrThrow(buildRelease(input));
    const read = readRelease({ 'live_pool.json': written['live_pool.json'] });
    assert.ok(E.isLeft(read));
    assert.equal(
      read.left.message,
      'A release needs five artifacts; missing: latest_universe.json, latest_ranking.csv, live_pool_legacy.json, artifact_manifest.json',
    );
  });
});
