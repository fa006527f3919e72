import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, isoDay, parseIsoDay } from '../../../shared/day.js';

const MILLISECONDS_PER_DAY = 86_400_000;

/** The daily bars of one symbol as the exchange would print them. */
export interface FakeBars {
  /** Milliseconds, ascending. */
  readonly openTimes: readonly number[];
  /** Each a klines row as JSON. */
  readonly rows: string[];
}

export type BarValues = Partial<
  Record<'open' | 'high' | 'low' | 'close' | 'volume' | 'quote_volume', string>
>;

/** The bars in a CSV text of the kind that CSV sources read; numbers keep their digits. */
export const barsOfCsv = (text: string): FakeBars => {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const names = header.split(',');
  const places = [
    'open',
    'high',
    'low',
    'close',
    'volume',
    'quote_volume',
    'trade_count',
    'taker_buy_base_volume',
    'taker_buy_quote_volume',
  ].map((name) => names.indexOf(name));
  const openTimes: number[] = [];
  const rows = lines.map((line) => {
    const cells = line.split(',');
    const day = parseIsoDay(cells[names.indexOf('date')] ?? '');
    const [open, high, low, close, volume, quoteVolume, trades, takerBase, takerQuote] = places.map(
      (place) => cells[place] || '0',
    );
    const openTime = day * MILLISECONDS_PER_DAY;
    openTimes.push(openTime);
    const closeTime = openTime + MILLISECONDS_PER_DAY - 1;
    return (
      `[${openTime},"${open}","${high}","${low}","${close}","${volume}",${closeTime},` +
      `"${quoteVolume}",${trades},"${takerBase}","${takerQuote}","0"]`
    );
  });
  return { openTimes, rows };
};

/** CSV text of `count` days from `firstDay` on: prices near 100, each row another. */
export const madeUpCsv = (firstDay: string, count: number): string => {
  const first = parseIsoDay(firstDay);
  const rows = Array.from({ length: count }, (_, index) => {
    const price = 100 + (index % 50);
    const prices = `${price}.5,${price + 2}.25,${price - 1}.125,${price + 1}`;
    return `${isoDay(addDays(first, index))},${prices},${1000 + index}.5,${(1000 + index) * price}`;
  });
  return `date,open,high,low,close,volume,quote_volume\n${rows.join('\n')}\n`;
};

/** The bars by symbol of a folder of `<SYMBOL>.csv`, each file read when it is first asked for. */
export const barsOfFolder = (
  dataDir: string,
): {
  readonly symbols: readonly string[];
  readonly of: (symbol: string) => FakeBars | undefined;
} => {
  const symbols = readdirSync(dataDir)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => name.slice(0, -'.csv'.length));
  const known = new Set(symbols);
  const read = new Map<string, FakeBars>();
  return {
    symbols,
    of: (symbol) => {
      if (!known.has(symbol)) return undefined;
      const bars =
        read.get(symbol) ?? barsOfCsv(readFileSync(join(dataDir, `${symbol}.csv`), 'utf8'));
      read.set(symbol, bars);
      return bars;
    },
  };
};

const CELLS = { open: 1, high: 2, low: 3, close: 4, volume: 5, quote_volume: 7 } as const;

/** Changes values of the bar of a day, as a late correction of the exchange would. */
export const correctBar = (bars: FakeBars, day: string, values: BarValues): void => {
  const at = bars.openTimes.indexOf(parseIsoDay(day) * MILLISECONDS_PER_DAY);
  const cells: unknown = JSON.parse(bars.rows[at] ?? 'null');
  if (!Array.isArray(cells)) throw new Error(`No bar on ${day}`);
  const corrected: unknown[] = [...cells];
  for (const [name, place] of Object.entries(CELLS)) {
    const value = Object.entries(values).find(([field]) => field === name)?.[1];
    if (value !== undefined) corrected[place] = value;
  }
  bars.rows[at] = JSON.stringify(corrected);
};
