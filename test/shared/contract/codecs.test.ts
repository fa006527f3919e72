import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { explainErrors } from '../../../shared/codec/decode.js';
import { ArtifactManifest } from '../../../shared/contract/artifact-manifest.js';
import {
  FirestoreDocument,
  FirestorePayload,
} from '../../../shared/contract/firestore-document.js';
import { RankingRow } from '../../../shared/contract/latest-ranking.js';
import { LatestUniverse } from '../../../shared/contract/latest-universe.js';
import { LivePool, LivePoolLegacy } from '../../../shared/contract/live-pool.js';
import { ReleaseManifest } from '../../../shared/contract/release-manifest.js';
import * as arbitrary from '../../support/artifact-arbitraries.js';

const codecs: readonly (readonly [t.Type<unknown, unknown>, fc.Arbitrary<object>])[] = [
  [LatestUniverse, arbitrary.latestUniverse],
  [RankingRow, arbitrary.rankingRow],
  [LivePool, arbitrary.livePool],
  [LivePoolLegacy, arbitrary.livePoolLegacy],
  [ArtifactManifest, arbitrary.artifactManifest],
  [FirestorePayload, arbitrary.firestorePayload],
  [FirestoreDocument, arbitrary.firestoreDocument],
  [ReleaseManifest, arbitrary.releaseManifest],
].map(([codec, values]) => [codec as t.Type<unknown, unknown>, values as fc.Arbitrary<object>]);

for (const [codec, values] of codecs) {
  describe(`the codec ${codec.name}`, () => {
    it('encodes to JSON and decodes to the same value', () => {
      fc.assert(
        fc.property(values, (value) => {
          const text = JSON.stringify(codec.encode(value));
          const decoded = codec.decode(JSON.parse(text));
          assert.ok(E.isRight(decoded), E.isLeft(decoded) ? explainErrors('', decoded.left) : '');
          // Drawn records have no prototype; a clone is a plain object.
          assert.deepEqual(decoded.right, structuredClone(value));
          assert.equal(JSON.stringify(codec.encode(decoded.right)), text);
        }),
        { numRuns: 60 },
      );
    });

    it('writes the fields in its own order, in any order of input', () => {
      fc.assert(
        fc.property(values, (value) => {
          const backwards = Object.fromEntries(Object.entries(value).reverse());
          assert.equal(
            JSON.stringify(codec.encode(backwards)),
            JSON.stringify(codec.encode(value)),
          );
        }),
        { numRuns: 30 },
      );
    });

    it('refuses a field that it does not know', () => {
      fc.assert(
        fc.property(values, (value) => {
          const decoded = codec.decode({ ...value, membership_note: 1 });
          assert.ok(E.isLeft(decoded));
          assert.equal(
            explainErrors('it', decoded.left),
            'it: membership_note: expected no such field, got 1',
          );
        }),
        { numRuns: 10 },
      );
    });

    it('rejects a value without any one required field', () => {
      fc.assert(
        fc.property(values, (value) => {
          for (const key of Object.keys(value)) {
            if (key === 'selection_meta' || key === 'runtime_evidence_identity') continue;
            const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
            const decoded = codec.decode(rest);
            assert.ok(E.isLeft(decoded), `${key} was not missed`);
            assert.match(
              explainErrors('it', decoded.left),
              new RegExp(`^it: ${key}.*got nothing$`),
            );
          }
        }),
        { numRuns: 5 },
      );
    });
  });
}

describe('maps by symbol', () => {
  it('keep the order of their keys', () => {
    const map = {
      ZECUSDT: { base_asset: 'ZEC' },
      ADAUSDT: { base_asset: 'ADA' },
      MKRUSDT: { base_asset: 'MKR' },
    };
    const pool = {
      as_of_date: '2026-03-13',
      version: '2026-03-13-core_major',
      mode: 'core_major',
      pool_size: 3,
      symbols: map,
      symbol_map: map,
      source_project: 'p',
    };
    const decoded = LivePoolLegacy.decode(pool);
    assert.ok(E.isRight(decoded));
    assert.deepEqual(Object.keys(decoded.right.symbols), ['ZECUSDT', 'ADAUSDT', 'MKRUSDT']);
    assert.deepEqual(Object.keys(LivePoolLegacy.encode(decoded.right).symbol_map), [
      'ZECUSDT',
      'ADAUSDT',
      'MKRUSDT',
    ]);
  });
});
