import assert from 'node:assert/strict';
import { snakeCaseKeys } from '../../../shared/codec/snake-case-keys.js';

describe('snakeCaseKeys', () => {
  it('renames the keys at any depth, and no values', () => {
    const named = { baseAsset: 'baseAsset', rows: [{ minRowsInLeaf: null }], asOf: { dayIso: 1 } };
    assert.deepEqual(snakeCaseKeys(named), {
      base_asset: 'baseAsset',
      rows: [{ min_rows_in_leaf: null }],
      as_of: { day_iso: 1 },
    });
  });

  it('leaves keys that are in snake case as they are', () => {
    const measured = { avg_quote_vol_180: 1, predictionSha256: 'x' };
    assert.deepEqual(snakeCaseKeys(measured), { avg_quote_vol_180: 1, prediction_sha256: 'x' });
  });
});
