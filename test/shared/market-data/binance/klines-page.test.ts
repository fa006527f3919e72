import assert from 'node:assert/strict';
import { madeUpCsv } from '../../../support/fake-exchange/fake-bars.js';
import { type FaultyReply, rewritten, withCell } from '../../../support/fake-exchange/faults.js';
import { asking, closeAll, failureOf, range } from './test-exchange.js';

const FROM = 'Binance, klines of AUSDT from 2024-01-01';
const DAY = 86_400_000;
const FIRST = Date.parse('2024-01-01T00:00:00Z');

/** The list that klines are, or nothing to change. */
const rows = (change: (list: readonly unknown[]) => unknown): FaultyReply =>
  rewritten((reply) => (Array.isArray(reply) ? change(reply) : reply));

const refusals: readonly { readonly reply: FaultyReply; readonly sentence: string }[] = [
  {
    reply: rewritten(() => ({ rows: [] })),
    sentence: 'Binance, klines of AUSDT: expected a list of rows, got {"rows":[]}',
  },
  {
    reply: rows(([first]) => [first, 'text']),
    sentence: 'Binance, klines of AUSDT: 1: expected a list of cells, got "text"',
  },
  {
    reply: rows(([first]) => [first, [1, 2, 3]]),
    sentence: `${FROM}, row 2, cells: expected 12, got 3`,
  },
  {
    reply: withCell(2, 0, `${FIRST}`),
    sentence: `${FROM}, row 3, open_time: expected a midnight UTC in milliseconds, got "${FIRST}"`,
  },
  {
    reply: withCell(0, 0, FIRST + 60_000),
    sentence: `${FROM}, row 1, open_time: expected a midnight UTC in milliseconds, got ${FIRST + 60_000}`,
  },
  {
    reply: withCell(1, 6, FIRST + 3 * DAY),
    sentence: `${FROM}, row 2, close_time: expected a time on 2024-01-02 in milliseconds, got ${FIRST + 3 * DAY}`,
  },
  {
    reply: withCell(1, 6, null),
    sentence: `${FROM}, row 2, close_time: expected a time on 2024-01-02 in milliseconds, got null`,
  },
  {
    reply: withCell(3, 4, 104),
    sentence: `${FROM}, row 4, close: expected a decimal number as text, got 104`,
  },
  {
    reply: withCell(3, 1, 'NaN'),
    sentence: `${FROM}, row 4, open: expected a decimal number as text, got "NaN"`,
  },
  {
    reply: withCell(3, 1, ''),
    sentence: `${FROM}, row 4, open: expected a decimal number as text, got ""`,
  },
  {
    reply: withCell(3, 1, '1e999'),
    sentence: `${FROM}, row 4, open: expected a finite number, got Infinity`,
  },
  {
    reply: withCell(9, 5, '-0.5'),
    sentence: `${FROM}, row 10, volume: expected at least 0, got -0.5`,
  },
  {
    reply: withCell(9, 7, '-1'),
    sentence: `${FROM}, row 10, quote_volume: expected at least 0, got -1`,
  },
  { reply: withCell(0, 3, '0'), sentence: `${FROM}, row 1, low: expected a price above 0, got 0` },
  {
    reply: withCell(0, 2, '1.5'),
    sentence: `${FROM}, row 1, high: expected at least low (99.125), got 1.5`,
  },
  {
    reply: rows(([first, second]) => [first, second, second]),
    sentence: `${FROM}, row 3, open_time: expected a day from 2024-01-03 to 2024-01-20, got 2024-01-02`,
  },
  {
    reply: rows((list) => list.toReversed()),
    sentence: `${FROM}, row 2, open_time: expected no row after 2024-01-20, got 2024-01-19`,
  },
];

describe('A page of klines', () => {
  afterEach(closeAll);

  for (const { reply, sentence } of refusals) {
    it(`is refused: ${sentence.replace('Binance, klines of AUSDT', '…')}`, async () => {
      const { fake, exchange } = await asking({
        bars: { AUSDT: madeUpCsv('2024-01-01', 20) },
        faults: [{ reply }],
      });
      const task = exchange.dailyBars('AUSDT', range('2024-01-01', '2024-01-20'));
      const failure = await failureOf(task);
      assert.deepEqual([failure.kind, failure.code], ['permanent', 'malformed-input']);
      assert.equal(failure.message, sentence);
      assert.equal(fake.requests.length, 1);
    });
  }

  it('is rejected if it is returned twice, to prevent an endless loop', async () => {
    let first: string | undefined;
    const { fake, exchange } = await asking({
      bars: { AUSDT: madeUpCsv('2020-01-01', 1500) },
      faults: [
        {
          reply: {
            kind: 'rewrite',
            rewrite: (body) => {
              first ??= body;
              return first;
            },
          },
        },
      ],
    });
    const task = exchange.dailyBars('AUSDT', range('2020-01-01', '2025-12-31'));
    assert.equal(
      (await failureOf(task)).message,
      'Binance, klines of AUSDT from 2022-09-27, row 1, open_time: expected a day from 2022-09-27 to 2025-12-31, got 2020-01-01',
    );
    assert.equal(fake.requests.length, 2);
  });

  it('is rejected if it contains days that were not requested', async () => {
    const { exchange } = await asking({
      bars: { AUSDT: madeUpCsv('2024-01-01', 20) },
      faults: [{ reply: withCell(0, 0, FIRST + 25 * DAY) }],
    });
    const task = exchange.dailyBars('AUSDT', range('2024-01-01', '2024-01-20'));
    assert.equal(
      (await failureOf(task)).message,
      `${FROM}, row 1, open_time: expected a day from 2024-01-01 to 2024-01-20, got 2024-01-26`,
    );
  });

  it('is rejected if it has more rows than requested', async () => {
    const { exchange } = await asking({
      bars: { AUSDT: madeUpCsv('2024-01-01', 20) },
      faults: [{ reply: rows((list) => Array.from({ length: 1001 }, () => list[0])) }],
    });
    const task = exchange.dailyBars('AUSDT', range('2020-01-01', '2025-12-31'));
    assert.equal(
      (await failureOf(task)).message,
      'Binance, klines of AUSDT from 2020-01-01, row 1001, reply: expected at most 1000 rows, got 1001',
    );
  });

  it('may have times in microseconds', async () => {
    const { exchange } = await asking({
      bars: { AUSDT: madeUpCsv('2024-01-01', 20) },
      faults: [
        {
          reply: rows((list) =>
            list.map((cells) =>
              Array.isArray(cells)
                ? cells.map((cell: unknown, at) =>
                    at === 0 || at === 6 ? Number(cell) * 1000 + (at === 6 ? 999 : 0) : cell,
                  )
                : cells,
            ),
          ),
        },
      ],
    });
    const result = await exchange.dailyBars('AUSDT', range('2024-01-01', '2024-01-20'))();
    assert.ok(result._tag === 'Right');
    assert.deepEqual(
      [...result.right.day],
      Array.from({ length: 20 }, (_, index) => FIRST / DAY + index),
    );
  });
});
