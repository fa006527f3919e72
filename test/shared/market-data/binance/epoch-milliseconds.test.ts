import assert from 'node:assert/strict';
import { epochMilliseconds } from '../../../../shared/market-data/binance/epoch-milliseconds.js';

describe('A time of Binance', () => {
  for (const { value, expected } of [
    { value: 0, expected: 0 },
    { value: 1_502_928_000_000, expected: 1_502_928_000_000 },
    { value: 99_999_999_999_999, expected: 99_999_999_999_999 },
    { value: 100_000_000_000_000, expected: 100_000_000_000 },
    { value: 1_735_689_600_000_000, expected: 1_735_689_600_000 },
    { value: 1_735_775_999_999_999, expected: 1_735_775_999_999 },
    { value: -1, expected: Number.NaN },
    { value: 1.5, expected: Number.NaN },
    { value: Number.POSITIVE_INFINITY, expected: Number.NaN },
    { value: '1502928000000', expected: Number.NaN },
    { value: null, expected: Number.NaN },
  ]) {
    it(`the ${value === null ? 'value' : typeof value} ${value} is ${expected} in milliseconds`, () => {
      assert.equal(epochMilliseconds(value), expected);
    });
  }
});
