import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  durationText,
  etaEstimator,
  etaMilliseconds,
  progressText,
} from '../../../../deploy/cli/terminal/eta.js';
import { progressInLines } from '../../../../deploy/cli/terminal/progress.js';

describe('the remaining time', () => {
  for (const [elapsed, fraction, left] of [
    [1000, 0.5, 1000],
    [1000, 0.25, 3000],
    [1000, 1, 0],
    [1000, 1.5, 0],
    [1000, 0, undefined],
    [0, 0.5, undefined],
    [-5, 0.5, undefined],
    [1000, Number.NaN, undefined],
    [1000, -1, undefined],
  ] as const)
    it(`is ${left} ms after ${elapsed} ms and ${fraction} of the work`, () =>
      assert.equal(etaMilliseconds(elapsed, fraction), left));

  it('is never negative', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (elapsed, fraction) => {
        const left = etaMilliseconds(elapsed, fraction);
        assert.ok(left === undefined || left >= 0, String(left));
      }),
    );
  });

  it('is measured from the first count of each task', () => {
    let now = 0;
    const measure = etaEstimator(() => now);
    const at = (time: number, what: string, done: number) => {
      now = time;
      return measure({ what, done, total: 10 });
    };
    assert.equal(at(100, 'candidates', 1), undefined);
    assert.equal(at(400, 'candidates', 4), 600);
    assert.equal(at(500, 'bars', 1), undefined);
    assert.equal(at(600, 'bars', 2), 800);
    // A smaller count: another task of the same name.
    assert.equal(at(700, 'bars', 0), undefined);
    assert.equal(at(800, 'bars', 10), 0);
  });

  for (const [milliseconds, text] of [
    [0, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [8340, '8.3 s'],
    [59_949, '59.9 s'],
    [59_951, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [4_800_000, '1 h 20 min'],
  ] as const)
    it(`reads ${text}`, () => assert.equal(durationText(milliseconds), text));

  it('is shown until the count is complete', () => {
    const count = { what: 'bars', total: 63, item: 'TRXUSDT' };
    assert.equal(
      progressText({ ...count, done: 12 }, 8300),
      'bars 12/63 TRXUSDT, about 8.3 s left',
    );
    assert.equal(progressText({ ...count, done: 1 }, undefined), 'bars 1/63 TRXUSDT');
    assert.equal(progressText({ ...count, done: 63 }, 0), 'bars 63/63 TRXUSDT');
  });
});

describe('progress off a terminal', () => {
  const linesOf = (
    kind: 'progressed' | 'progressedBriefly',
    total: number,
    milliseconds: number,
  ): readonly string[] => {
    const lines: string[] = [];
    let now = 0;
    const progress = progressInLines(
      (line) => lines.push(line),
      () => now,
    );
    for (let done = 0; done <= total; done += 1) {
      progress[kind]({ what: 'trees', done, total });
      now += milliseconds;
    }
    return lines;
  };

  it('is at most ten plain lines, the last one at the end', () => {
    const lines = linesOf('progressed', 300, 100);
    assert.equal(lines.length, 10);
    assert.deepEqual(
      [lines[0], lines.at(-1)],
      ['trees 30/300, about 27.0 s left', 'trees 300/300'],
    );
    assert.ok(lines.every((line) => !line.includes('\r') && !line.includes('\u001b')));
  });
  it('prints no line for a brief task', () =>
    assert.deepEqual(linesOf('progressedBriefly', 300, 3), []));
  it('prints lines while more than a second is left', () =>
    assert.deepEqual(linesOf('progressedBriefly', 4, 1000), [
      'trees 1/4, about 3.0 s left',
      'trees 2/4, about 2.0 s left',
      'trees 3/4, about 1.0 s left',
    ]));
});
