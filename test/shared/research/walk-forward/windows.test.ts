import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planWindows } from '../../../../shared/research/walk-forward/windows.js';

describe('planWindows', () => {
  it('needs one date more than a training range', () => {
    assert.deepEqual(planWindows(0), []);
    assert.deepEqual(planWindows(720), []);
    assert.deepEqual(planWindows(721), [
      {
        id: 0,
        train: { first: 0, last: 719 },
        effectiveTrain: { first: 0, last: 629 },
        test: { first: 720, last: 720 },
      },
    ]);
  });

  it('steps by 60 dates and stops with the window that reaches the end', () => {
    const ranges = (dates: number) => planWindows(dates).map(({ test }) => [test.first, test.last]);
    assert.deepEqual(ranges(840), [[720, 839]]);
    assert.deepEqual(ranges(841), [
      [720, 839],
      [780, 840],
    ]);
    assert.deepEqual(ranges(961), [
      [720, 839],
      [780, 899],
      [840, 959],
      [900, 960],
    ]);
  });

  it('scores every later date once or twice, by models whose labels end before the test', () => {
    fc.assert(
      fc.property(fc.integer({ min: 721, max: 4000 }), (dates) => {
        const windows = planWindows(dates);
        const times = new Uint8Array(dates);
        for (const { train, effectiveTrain, test } of windows) {
          assert.equal(train.last - train.first, 719);
          assert.equal(train.last + 1, test.first);
          // A label of the last training date looks 90 dates ahead.
          assert.ok(effectiveTrain.last + 90 < test.first);
          for (let date: number = test.first; date <= test.last; date += 1) {
            times[date] = (times[date] ?? 0) + 1;
          }
        }
        assert.ok(
          times.every((count, date) => (date < 720 ? count === 0 : count > 0 && count < 3)),
        );
      }),
      { numRuns: 60 },
    );
  });
});
