import assert from 'node:assert/strict';
import { baseAssetOf } from '../../../shared/codec/base-asset.js';
import { parseIsoDay } from '../../../shared/day.js';
import {
  amount,
  count,
  decimal,
  humanise,
  longDate,
  percent,
  percentagePoints,
  price,
  shortMonth,
  signedPercent,
} from '../../../shared/report/format.js';

describe('The words of a report', () => {
  for (const [given, expected] of [
    [decimal(0.12345), '0.123'],
    [decimal(-1, 1), '−1.0'],
    [decimal(null), '–'],
    [decimal(Number.NaN), '–'],
    [price(87648.22), '87648.22'],
    [price(0.2845), '0.28450'],
    [price(0.000008123), '0.0000081230'],
    [price(0), '0.00'],
    [price(undefined), '–'],
    [percent(0.456), '46\u00a0%'],
    [percent(undefined, 1), '–'],
    [signedPercent(0.1), '+10.0\u00a0%'],
    [signedPercent(-0.1), '−10.0\u00a0%'],
    [percentagePoints(0.0123, 2), '+1.23'],
    [percentagePoints(-0.0123, 2), '−1.23'],
    [percentagePoints(0), '0.0'],
    [amount(46895), '46\u202f895'],
    [amount(1612030151), '1.6 bn'],
    [amount(-2_500_000), '−2.5 m'],
    [amount(0.639428), '0.6394'],
    [count(1, 'day'), '1 day'],
    [count(2, 'day'), '2 days'],
    [baseAssetOf('BTCUSDT'), 'BTC'],
    [baseAssetOf('USDT'), 'USDT'],
    [longDate('2026-03-05'), '5 Mar 2026'],
    [shortMonth(parseIsoDay('2025-12-31')), 'Dec 25'],
    [humanise('move-without_volume'), 'Move without volume'],
  ])
    it(`says ${expected}`, () => assert.equal(given, expected));
});
