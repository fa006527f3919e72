import assert from 'node:assert/strict';
import { addDays, isoDay, parseIsoDay } from '../../../../shared/day.js';
import type { BarSeries } from '../../../../shared/market-data/bars.js';
import type { Finding, QualityRule } from '../../../../shared/market-data/quality/finding.js';
import { inspect } from '../../../../shared/market-data/quality/inspect.js';
import type { LoadedMarket } from '../../../../shared/market-data/quality/loaded-market.js';
import { tradingPair } from '../../../support/synthetic-bars.js';
import {
  AS_OF,
  allBut,
  changed,
  marketOf,
  rescaled,
  rows,
  sealed,
  steady,
} from './loaded-market.js';

const text = ({ symbol, date, rule, severity, values }: Finding): string =>
  `${severity} ${symbol} ${date} ${rule} ${JSON.stringify(values)}`;

const ofSeries = (series: BarSeries) => marketOf([series]);
const sound = steady();

const broken = (field: string, expected: string, got: string) =>
  JSON.stringify({ field, expected, got });

const refusals: readonly (readonly [QualityRule, BarSeries, string])[] = [
  [
    'open-bar',
    steady('TRXUSDT', 41),
    `2026-02-10 open-bar ${broken('date', 'a closed day, at most 2026-02-09', '2026-02-10')}`,
  ],
  [
    'duplicate-day',
    rows(sound, [0, 1, 1, ...allBut(0, 1)]),
    `2026-01-02 duplicate-day ${broken('date', 'a day after 2026-01-02', '2026-01-02')}`,
  ],
  [
    'unsorted-day',
    rows(sound, [0, 2, 1, ...allBut(0, 1, 2)]),
    `2026-01-02 unsorted-day ${broken('date', 'a day after 2026-01-03', '2026-01-02')}`,
  ],
  [
    'non-finite',
    changed(sound, 3, { volume: Number.NaN }),
    `2026-01-04 non-finite ${broken('volume', 'a finite number', 'NaN')}`,
  ],
  [
    'non-positive-price',
    changed(sound, 3, { open: 0 }),
    `2026-01-04 non-positive-price ${broken('open', 'a price above 0', '0')}`,
  ],
  [
    'high-below-low',
    changed(sound, 3, { high: 8 }),
    `2026-01-04 high-below-low ${broken('high', 'at least low (9)', '8')}`,
  ],
  [
    'negative-volume',
    changed(sound, 3, { quoteVolume: -1 }),
    `2026-01-04 negative-volume ${broken('quote_volume', 'at least 0', '-1')}`,
  ],
];

describe('The data-quality gate refuses', () => {
  for (const [rule, series, expected] of refusals)
    it(`for ${rule}`, () => {
      assert.deepEqual(inspect(ofSeries(series)).map(text), [`refuse TRXUSDT ${expected}`]);
    });

  it('a bar of a day that had not closed when the run was asked for', () => {
    const [finding, ...others] = inspect(marketOf([sound], { lastClosed: addDays(AS_OF, -1) }));
    assert.deepEqual(others, []);
    assert.equal(finding?.rule, 'open-bar');
    assert.equal(finding.values.expected, 'a closed day, at most 2026-02-08');
  });

  it('a day that does not exist, with a message', () => {
    const day = Int32Array.from(sound.day);
    day[39] = 2_000_000_000;
    const [finding] = inspect(ofSeries({ ...sound, day }));
    assert.equal(finding?.rule, 'open-bar');
    assert.equal(finding.date, 'day 2000000000');
  });

  it('an invalid series without reporting its gaps and moves', () => {
    const series = changed(rescaled(rows(sound, allBut(5)), 20, 3), 30, { low: -1 });
    assert.deepEqual(
      inspect(ofSeries(series)).map(({ rule }) => rule),
      ['non-positive-price'],
    );
  });
});

const days = (from: string, to: string, count: number) => JSON.stringify({ from, to, days: count });
const move = (values: object) =>
  JSON.stringify({ move: 1, previous_close: 10, close: 20, ...values });

const reports: readonly (readonly [string, BarSeries, readonly string[]])[] = [
  [
    'a gap of a day',
    rows(sound, allBut(5)),
    [`2026-01-06 gap ${days('2026-01-06', '2026-01-06', 1)}`],
  ],
  [
    'two gaps, one each',
    rows(sound, allBut(5, 6, 7, 20)),
    [
      `2026-01-06 gap ${days('2026-01-06', '2026-01-08', 3)}`,
      `2026-01-21 gap ${days('2026-01-21', '2026-01-21', 1)}`,
    ],
  ],
  [
    'a silent day',
    changed(sound, 5, { volume: 0, quoteVolume: 0 }),
    [`2026-01-06 zero-volume ${days('2026-01-06', '2026-01-06', 1)}`],
  ],
  [
    'volume in one of the two assets only',
    changed(sound, 5, { volume: 0 }),
    [`2026-01-06 zero-volume ${days('2026-01-06', '2026-01-06', 1)}`],
  ],
  [
    'silent days as runs',
    [5, 6, 39].reduce((series, index) => changed(series, index, { volume: 0 }), sound),
    [
      `2026-01-06 zero-volume ${days('2026-01-06', '2026-01-07', 2)}`,
      `2026-02-09 zero-volume ${days('2026-02-09', '2026-02-09', 1)}`,
    ],
  ],
  [
    'a run of silent days that a gap interrupts as two',
    rows(
      [4, 6].reduce((series, index) => changed(series, index, { volume: 0 }), sound),
      allBut(5),
    ),
    [
      `2026-01-05 zero-volume ${days('2026-01-05', '2026-01-05', 1)}`,
      `2026-01-06 gap ${days('2026-01-06', '2026-01-06', 1)}`,
      `2026-01-07 zero-volume ${days('2026-01-07', '2026-01-07', 1)}`,
    ],
  ],
  ['no move of just half', rescaled(sound, 20, 1.5), []],
  [
    'a doubled price, with its volume',
    rescaled(sound, 20, 2),
    [`2026-01-21 big-move ${move({ days: 1, quote_volume: 1000, usual_quote_volume: 1000 })}`],
  ],
  [
    'a move on the tenth part of the usual volume',
    changed(rescaled(sound, 20, 2), 20, { quoteVolume: 100 }),
    [`2026-01-21 big-move ${move({ days: 1, quote_volume: 100, usual_quote_volume: 1000 })}`],
  ],
  [
    'a move on less',
    changed(rescaled(sound, 20, 2), 20, { quoteVolume: 99 }),
    [
      `2026-01-21 move-without-volume ${move({ days: 1, quote_volume: 99, usual_quote_volume: 1000 })}`,
    ],
  ],
  [
    'a move while the usual volume is unknown',
    changed(rescaled(sound, 9, 2), 9, { quoteVolume: 1 }),
    [`2026-01-10 big-move ${move({ days: 1, quote_volume: 1 })}`],
  ],
  [
    'a move without any volume, for any usual volume',
    changed(rescaled(sound, 9, 2), 9, { quoteVolume: 0 }),
    [
      `2026-01-10 move-without-volume ${move({ days: 1, quote_volume: 0 })}`,
      `2026-01-10 zero-volume ${days('2026-01-10', '2026-01-10', 1)}`,
    ],
  ],
  [
    'a redenomination during a gap',
    rows(rescaled(sound, 22, 2), allBut(20, 21)),
    [
      `2026-01-21 gap ${days('2026-01-21', '2026-01-22', 2)}`,
      `2026-01-23 big-move ${move({ days: 3, quote_volume: 1000, usual_quote_volume: 1000 })}`,
    ],
  ],
];

describe('The data-quality gate reports', () => {
  for (const [what, series, expected] of reports)
    it(what, () => {
      assert.deepEqual(
        inspect(ofSeries(series)).map(text),
        expected.map((one) => `report TRXUSDT ${one}`),
      );
    });

  it('a fall by more than half, and none by half', () => {
    assert.deepEqual(inspect(ofSeries(rescaled(sound, 20, 0.5))), []);
    assert.equal(inspect(ofSeries(rescaled(sound, 20, 0.4))).length, 1);
  });
});

const ADA = steady('ADAUSDT');
const withMember = (own: Partial<LoadedMarket>) =>
  marketOf([sound], { previousPool: ['ADAUSDT'], ...own });
const listedAs = (status: string) => [tradingPair('TRXUSDT'), tradingPair('ADAUSDT', { status })];

const listings: readonly (readonly [string, LoadedMarket, readonly string[]])[] = [
  [
    'a pool member with bars that the exchange does not list',
    marketOf([sound, ADA], { metadata: [tradingPair('TRXUSDT')] }),
    ['ADAUSDT null missing-from-exchange {"bars":40,"last":"2026-02-09"}'],
  ],
  ['one without bars, too', withMember({}), ['ADAUSDT null missing-from-exchange {"bars":0}']],
  [
    'a pool member that is not traded any more',
    withMember({ series: [sound, steady('ADAUSDT', 30)], metadata: listedAs('BREAK') }),
    ['ADAUSDT null not-trading {"expected":"TRADING","got":"BREAK","last":"2026-01-30"}'],
  ],
  [
    'a candidate that is listed and has stopped',
    marketOf([sound, steady('ADAUSDT', 38)]),
    ['ADAUSDT null halted {"last":"2026-02-07","days":2}'],
  ],
  [
    'a candidate without any bar',
    withMember({ metadata: listedAs('TRADING') }),
    ['ADAUSDT null no-bars {"bars":0}'],
  ],
  [
    'a candidate that began after the as-of day',
    marketOf([sound], {
      candidates: ['ADAUSDT'],
      metadata: listedAs('TRADING'),
      listedLater: new Map([['ADAUSDT', addDays(AS_OF, 3)]]),
    }),
    ['ADAUSDT 2026-02-12 listed-later {"first":"2026-02-12"}'],
  ],
  [
    'nothing about a symbol that was not requested',
    marketOf([sound], { metadata: listedAs('BREAK') }),
    [],
  ],
  [
    'a history with fewer bars than in the last snapshot',
    marketOf([rows(sound, allBut(0, 1))], { before: sealed(steady('TRXUSDT', 39)) }),
    [
      'TRXUSDT null shorter-history {"bars":38,"bars_before":39,"first":"2026-01-03","first_before":"2026-01-01"}',
    ],
  ],
  [
    'a history that begins later, though it has grown',
    marketOf([rows(sound, allBut(0))], { before: sealed(steady('TRXUSDT', 30)) }),
    [
      'TRXUSDT null shorter-history {"bars":39,"bars_before":30,"first":"2026-01-02","first_before":"2026-01-01"}',
    ],
  ],
  [
    'a history that has vanished',
    withMember({ metadata: listedAs('BREAK'), before: sealed(ADA) }),
    [
      'ADAUSDT null not-trading {"expected":"TRADING","got":"BREAK"}',
      'ADAUSDT null shorter-history {"bars":0,"bars_before":40,"first_before":"2026-01-01"}',
    ],
  ],
  ['no history that is as long as before', marketOf([sound], { before: sealed(sound) }), []],
  [
    'a symbol of the last snapshot that is no longer traded and was not requested',
    marketOf([sound], {
      metadata: [...listedAs('BREAK'), tradingPair('LTCUSDT')],
      before: sealed(sound, ADA, steady('LTCUSDT'), steady('XRPUSDT')),
    }),
    [
      'ADAUSDT null not-trading {"expected":"TRADING","got":"BREAK","last_before":"2026-02-09"}',
      'XRPUSDT null missing-from-exchange {"last_before":"2026-02-09"}',
    ],
  ],
];

describe('The data-quality gate reports renames:', () => {
  for (const [what, market, expected] of listings)
    it(what, () => {
      assert.deepEqual(
        inspect(market).map(text),
        expected.map((one) => `report ${one}`),
      );
    });

  const renamed = [
    'report MATICUSDT 2024-09-10 renamed {"to":"POLUSDT","ended":"2024-09-10","began":"2024-09-13"}',
    'report POLUSDT 2024-09-13 renamed {"from":"MATICUSDT","ended":"2024-09-10","began":"2024-09-13"}',
  ];
  for (const symbol of ['MATICUSDT', 'POLUSDT'])
    it(`both ends of a rename, asked for ${symbol}`, () => {
      assert.deepEqual(
        inspect(ofSeries(steady(symbol)))
          .filter(({ rule }) => rule === 'renamed')
          .map(text),
        renamed,
      );
    });

  it('no rename after the as-of day', () => {
    const asOf = parseIsoDay('2024-09-09');
    const shift = asOf - AS_OF;
    const series = { ...steady('MATICUSDT'), day: steady().day.map((day) => day + shift) };
    const rules = inspect(marketOf([series], { asOf, lastClosed: asOf })).map(({ rule }) => rule);
    assert.ok(!rules.includes('renamed'), isoDay(asOf));
  });
});
