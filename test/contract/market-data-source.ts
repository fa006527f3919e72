import assert from 'node:assert/strict';
import type { EpochDay } from '../../shared/day.js';
import { invalidBars } from '../../shared/market-data/bar-rules.js';
import type { BarSeries, DayRange } from '../../shared/market-data/bars.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { dayRange } from '../support/day-range.js';
import { done, type Opened, openedForEach } from './store-under-test.js';

/** What the suite has to know of a market that it has not made. */
export interface MarketFacts {
  /** A day on which symbols have bars, and the days before it. */
  readonly asOf: EpochDay;
  /** A few of its symbols, with bars on that day. */
  readonly symbols: readonly string[];
}

const rangesOf = ({ asOf }: MarketFacts): readonly DayRange[] => [
  dayRange(asOf - 400, asOf),
  dayRange(asOf - 9, asOf - 3),
  dayRange(asOf, asOf),
];

/** What every source of market data must do, run against one adapter. */
export const describeMarketDataSource = (
  name: string,
  facts: MarketFacts,
  make: () => Promise<Opened<MarketDataSource>>,
): void => {
  describe(`the market data source ${name}`, () => {
    const opened = openedForEach(make);
    const { asOf, symbols } = facts;
    const always = dayRange(asOf - 400, asOf);

    const bars = (asked: readonly string[], range: DayRange): Promise<readonly BarSeries[]> =>
      done(opened().store.bars(asked, range));

    it('knows its symbols, each once and ascending', async () => {
      const names = (await done(opened().store.metadata())).map(({ symbol }) => symbol);
      assert.deepEqual(names, [...new Set(names)].sort());
      assert.deepEqual(
        symbols.filter((symbol) => !names.includes(symbol)),
        [],
      );
    });

    it('answers ascending by symbol, each once, in any order and however often it is asked', async () => {
      const asked = [...symbols, ...symbols].reverse();
      const answer = await bars(asked, always);
      assert.deepEqual(
        answer.map(({ symbol }) => symbol),
        [...symbols].sort(),
      );
    });

    it('gives the bars of the range, all of them and no others', async () => {
      const whole = await bars(symbols, always);
      for (const range of rangesOf(facts)) {
        const answer = await bars(symbols, range);
        assert.deepEqual(
          answer.map(({ symbol, day, close }) => ({ symbol, day, close })),
          whole.map(({ symbol, day, close }) => {
            const isInside = (_: number, index: number): boolean => {
              const at = day[index] ?? Number.NaN;
              return at >= range.first && at <= range.last;
            };
            return { symbol, day: day.filter(isInside), close: close.filter(isInside) };
          }),
        );
        assert.ok(answer.every(({ day }) => day.at(-1) === range.last));
      }
    });

    it('leaves out what has no bars there, and what it does not know', async () => {
      assert.deepEqual(await bars(['NOSUCHUSDT'], always), []);
      const [first] = symbols;
      assert.ok(first);
      assert.deepEqual(await bars([first], dayRange(0, 100)), []);
      assert.deepEqual(
        (await bars([first, 'NOSUCHUSDT'], always)).map(({ symbol }) => symbol),
        [first],
      );
    });

    it('gives columns of one length that keep the rules of bars', async () => {
      for (const series of await bars(symbols, always)) {
        const { symbol: _, day, ...columns } = series;
        assert.ok(day.length > 0);
        for (const column of Object.values(columns)) assert.equal(column.length, day.length);
        assert.deepEqual(invalidBars(series), []);
      }
    });

    it('says the same when it is asked again', async () => {
      assert.deepEqual(await bars(symbols, always), await bars(symbols, always));
      const { metadata } = opened().store;
      assert.deepEqual(await done(metadata()), await done(metadata()));
    });

    it('takes its candidates from the eligible symbols, ascending', async () => {
      const eligible = [...symbols].sort();
      const chosen = await done(opened().store.candidates(eligible, asOf));
      assert.ok(chosen.length > 0);
      assert.deepEqual(
        chosen,
        eligible.filter((symbol) => chosen.includes(symbol)),
      );
      assert.deepEqual(await done(opened().store.candidates(eligible, asOf)), chosen);
    });
  });
};
