import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, type EpochDay } from '../../../../shared/day.js';
import {
  prepareResearch,
  type ResearchMarket,
} from '../../../../shared/research/prepare-research.js';
import type { Sample } from '../../../../shared/research/sample.js';
import { windowKey } from '../../../../shared/research/walk-forward/window-key.js';
import { planWindows, type Window } from '../../../../shared/research/walk-forward/windows.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { demoCase, type GoldenMarket, readMarket } from '../../../support/golden-case.js';
import { randomSample } from './random-sample.js';

// Two names: training rows 0 to 1259, purged ones to 1439, test rows to 1679, later ones to 1799.
const sample = randomSample(900);
const [WINDOW] = planWindows(900);
assert.ok(WINDOW);
const window: Window = WINDOW;
const key = (one: Sample): string => windowKey(one, window, 'blended_rank_pct', 'trees');
const KEY = key(sample);

const withFeature = (column: number, row: number, value: number): Sample => {
  const values = sample.features.values.slice();
  values[column * sample.features.rows + row] = value;
  return { ...sample, features: { ...sample.features, values } };
};

const withTarget = (row: number, value: number): Sample => {
  const blended_rank_pct = sample.targets.blended_rank_pct.slice();
  blended_rank_pct[row] = value;
  return { ...sample, targets: { ...sample.targets, blended_rank_pct } };
};

const column = fc.nat({ max: sample.features.columns - 1 });
const trainingRow = fc.nat({ max: 1259 });
const purgedRow = fc.integer({ min: 1260, max: 1439 });
const testRow = fc.integer({ min: 1440, max: 1679 });
const laterRow = fc.integer({ min: 1680, max: 1799 });
// The sample's own values lie in [0, 1).
const newValue = fc.constantFrom(Number.NaN, -1, 2);

describe('windowKey', () => {
  it('changes with every feature that is learned from or scored', () => {
    fc.assert(
      fc.property(column, fc.oneof(trainingRow, testRow), newValue, (c, row, value) => {
        assert.notEqual(key(withFeature(c, row, value)), KEY);
      }),
    );
  });

  it('changes with every label that is learned', () => {
    fc.assert(
      fc.property(trainingRow, newValue, (row, value) => {
        assert.notEqual(key(withTarget(row, value)), KEY);
      }),
    );
  });

  it('does not depend on rows that no fit uses', () => {
    fc.assert(
      fc.property(column, fc.oneof(purgedRow, laterRow), newValue, (c, row, value) => {
        assert.equal(key(withFeature(c, row, value)), KEY);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(testRow, laterRow), newValue, (row, value) => {
        assert.equal(key(withTarget(row, value)), KEY);
      }),
    );
  });

  it('knows of the purged labels only whether they are known, because they are counted', () => {
    fc.assert(
      fc.property(purgedRow, (row) => {
        assert.equal(key(withTarget(row, 2)), KEY);
        assert.notEqual(key(withTarget(row, Number.NaN)), KEY);
      }),
    );
  });

  it('changes when a row moves to another date', () => {
    for (const date of [1, 650, 720, 800]) {
      const offsets = sample.offsets.slice();
      offsets[date] = (offsets[date] ?? 0) + 1;
      assert.notEqual(key({ ...sample, offsets }), KEY, `date ${date}`);
    }
  });

  it('changes with window, target and tree model', () => {
    const [, second] = planWindows(900);
    assert.ok(second);
    const keys = [
      KEY,
      windowKey(sample, second, 'blended_rank_pct', 'trees'),
      windowKey(sample, window, 'future_topk_label_60', 'trees'),
      windowKey(sample, window, 'blended_rank_pct', 'other trees'),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });

  it('does not depend on which NaN a machine makes', () => {
    const other = new DataView(new ArrayBuffer(8));
    other.setUint32(0, 0xfff80000);
    const values = [Number.NaN, other.getFloat64(0)];
    const [one, another] = values.map((value) => key(withFeature(0, 0, value)));
    assert.equal(one, another);
  });
});

describe('windowKey on the demo market', () => {
  const golden = demoCase('market-2026-03-13');
  let input: GoldenMarket;
  let whole: ResearchMarket;
  let wholeKeys: readonly string[];
  before(async () => {
    input = await readMarket(golden);
    whole = marketOn(golden.asOf);
    wholeKeys = keysOf(whole);
  });

  const marketOn = (asOf: EpochDay): ResearchMarket =>
    getOrThrow(prepareResearch({ ...input, asOf, mode: 'core_major' }));

  const keysOf = ({ panel, sample: all }: ResearchMarket): readonly string[] =>
    planWindows(panel.calendar.length).flatMap((one) => [
      windowKey(all, one, 'blended_rank_pct', 'trees'),
      windowKey(all, one, 'future_topk_label_60', 'trees'),
    ]);

  it('finds everything again a month later but the last window, whose test range has grown', () => {
    const before = keysOf(marketOn(addDays(golden.asOf, -28)));
    assert.deepEqual([before.length, wholeKeys.length], [38, 38]);
    assert.deepEqual(before.slice(0, 36), wholeKeys.slice(0, 36));
    assert.notEqual(before[36], wholeKeys[36]);
    assert.notEqual(before[37], wholeKeys[37]);
  });

  it('finds every full window again, however many days came since', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), (days) => {
        const before = keysOf(marketOn(addDays(golden.asOf, -days)));
        const full = before.length - 2;
        assert.deepEqual(before.slice(0, full), wholeKeys.slice(0, full));
      }),
      { numRuns: 3 },
    );
  });

  it('loses the windows that see a corrected bar, and no earlier ones', () => {
    const calendar = whole.panel.calendar;
    const day = calendar[1500] ?? 0;
    const bars = input.bars.map((one) => {
      const at = one.day.indexOf(day);
      if (one.symbol !== 'ALFAUSDT' || at === -1) return one;
      const quoteVolume = one.quoteVolume.slice();
      quoteVolume[at] = 2 * (quoteVolume[at] ?? 0);
      return { ...one, quoteVolume };
    });
    const corrected = getOrThrow(
      prepareResearch({ ...input, bars, asOf: golden.asOf, mode: 'core_major' }),
    );
    const after = keysOf(corrected);
    const windows = planWindows(calendar.length);
    wholeKeys.forEach((one, i) => {
      const { id, test } = windows[Math.floor(i / 2)] ?? window;
      assert.equal(one === after[i], test.last < 1500, `window ${id}`);
    });
  });
});
