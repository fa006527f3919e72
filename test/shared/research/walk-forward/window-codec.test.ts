import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { dateRange } from '../../../../shared/ranking/cross-section.js';
import type { WindowScores } from '../../../../shared/research/walk-forward/score-window.js';
import {
  decodeWindowScores,
  encodeWindowScores,
} from '../../../../shared/research/walk-forward/window-codec.js';
import { getOrThrow } from '../../../support/get-or-throw.js';

const count = fc.nat({ max: 100_000 });
const dates = fc.tuple(count, count).map(([first, last]) => dateRange(first, last));

const windowScores: fc.Arbitrary<WindowScores> = fc
  .array(fc.tuple(fc.double(), fc.double()), { maxLength: 40 })
  .chain((scores) =>
    fc.record(
      {
        window: fc.record(
          { id: count, train: dates, effectiveTrain: dates, test: dates },
          { noNullPrototype: true },
        ),
        target: fc.constantFrom('blended_rank_pct', 'future_topk_label_60'),
        trainRowsPrePurge: count,
        trainRows: count,
        trainDatesPrePurge: count,
        trainDates: count,
        linearBackend: fc.string(),
        treeBackend: fc.string({ unit: 'grapheme' }),
        linear: fc.constant(Float64Array.from(scores, ([linear]) => linear)),
        tree: fc.constant(Float64Array.from(scores, ([, tree]) => tree)),
      },
      { noNullPrototype: true },
    ),
  );

const small: WindowScores = {
  window: {
    id: 3,
    train: dateRange(0, 719),
    effectiveTrain: dateRange(0, 629),
    test: dateRange(720, 720),
  },
  target: 'blended_rank_pct',
  trainRowsPrePurge: 9,
  trainRows: 8,
  trainDatesPrePurge: 7,
  trainDates: 6,
  linearBackend: 'ridge',
  treeBackend: 'trees',
  linear: Float64Array.of(0.5, Number.NaN),
  tree: Float64Array.of(-0, 1e-300),
};

describe('The bytes of a window', () => {
  it('give back every number, missing and signed zeros included', () => {
    fc.assert(
      fc.property(windowScores, (scores) => {
        assert.deepEqual(getOrThrow(decodeWindowScores()(encodeWindowScores(scores))), scores);
      }),
    );
  });

  it('are the same for the same scores, for any NaN bit pattern', () => {
    const other = new DataView(new ArrayBuffer(8));
    other.setUint32(0, 0xfff80000);
    const linear = Float64Array.of(0.5, other.getFloat64(0));
    assert.deepEqual(encodeWindowScores({ ...small, linear }), encodeWindowScores(small));
  });

  it('begin with lines that people can read', () => {
    const [format, , header] = new TextDecoder().decode(encodeWindowScores(small)).split('\n');
    assert.equal(format, 'window-scores 1');
    assert.match(header ?? '', /^\{.*"rows":2,"target":"blended_rank_pct".*\}$/);
  });

  it('are read at any alignment', () => {
    const bytes = encodeWindowScores(small);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    assert.deepEqual(getOrThrow(decodeWindowScores()(shifted.subarray(3))), small);
  });

  it('are refused if any one bit is another', () => {
    const bytes = encodeWindowScores(small);
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      const result = decodeWindowScores()(damaged);
      assert.ok(E.isLeft(result), `byte ${at}`);
      assert.equal(result.left.code, 'malformed-input');
    }
  });

  it('are rejected if they are truncated or too long', () => {
    const bytes = encodeWindowScores(small);
    for (let size = 0; size < bytes.length; size += 1) {
      assert.ok(E.isLeft(decodeWindowScores()(bytes.subarray(0, size))), `${size} bytes`);
    }
    assert.ok(E.isLeft(decodeWindowScores()(Uint8Array.of(...bytes, 0))));
  });

  it('are refused with a sentence that names what was read', () => {
    const bytes = new TextEncoder().encode('window-scores 2\n');
    const result = decodeWindowScores('shadow/windows/ab')(bytes);
    assert.ok(E.isLeft(result));
    assert.equal(
      result.left.message,
      'shadow/windows/ab: expected "window-scores 1\\n" at its start, got "window-scores 2\\n"',
    );
  });
});
