import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { isoDay, parseIsoDay } from '../../shared/day.js';
import type { BarSeries, SymbolMetadata } from '../../shared/market-data/bars.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import type { TreeModel } from '../../shared/ranking/live-build.js';
import { epochDay } from '../../shared/units.js';
import { randomWalk, tradingPair } from './synthetic-bars.js';

/** The youngest history that has two windows: a universe of seven, and six monthly pools. */
export const LAST_DAY = '2026-03-13';
export const MODE = 'broad_liquid';
const LENGTH = 860;
/** Eligible in core_major at the end of each month since October 2025; too young for a model. */
export const SINCE_OCTOBER = 890;
/** Eligible in core_major on the last day, and too young for a model: the rule alone ranks it. */
export const WITHOUT_MODELS = 740;
const NAMES = 'ADA BTC DOT ETH LTC SOL TRX XRP'.split(' ').map((asset) => `${asset}USDT`);

const seriesOf = (length: number): readonly BarSeries[] =>
  NAMES.map((symbol, seed) =>
    randomWalk({ symbol, first: parseIsoDay(LAST_DAY) - length + 1, length, seed }),
  );
const series = seriesOf(LENGTH);
const metadata: readonly SymbolMetadata[] = NAMES.map((symbol) => tradingPair(symbol));

const upTo = (one: BarSeries, last: number): BarSeries => {
  const size = one.day.filter((day) => day <= last).length;
  return {
    symbol: one.symbol,
    day: one.day.slice(0, size),
    open: one.open.slice(0, size),
    high: one.high.slice(0, size),
    low: one.low.slice(0, size),
    close: one.close.slice(0, size),
    volume: one.volume.slice(0, size),
    quoteVolume: one.quoteVolume.slice(0, size),
  };
};

export const smallHistory: MarketDataSource = {
  id: 'a small history',
  live: false,
  synthetic: true,
  metadata: () => TE.right(metadata),
  candidates: TE.right,
  bars: (symbols, range) =>
    TE.right(
      series.filter(({ symbol }) => symbols.includes(symbol)).map((one) => upTo(one, range.last)),
    ),
};

/** A market of that length, by default the same one, as files for `--source csv`. */
export const writeSmallHistory = (
  folder: string,
  length = LENGTH,
): { readonly bars: string; readonly metadata: string } => {
  const bars = join(folder, 'bars');
  mkdirSync(bars, { recursive: true });
  for (const one of seriesOf(length)) {
    const rows = Array.from(one.day, (day, i) =>
      [isoDay(epochDay(day)), one.open[i], one.high[i], one.low[i], one.close[i], one.volume[i]]
        .concat(one.quoteVolume[i])
        .join(','),
    );
    const header = 'date,open,high,low,close,volume,quote_volume';
    writeFileSync(join(bars, `${one.symbol}.csv`), `${[header, ...rows].join('\n')}\n`);
  }
  const header = 'symbol,status,base_asset,quote_asset,is_spot_trading_allowed,permissions';
  const rows = metadata.map(
    ({ symbol, baseAsset }) => `${symbol},TRADING,${baseAsset},USDT,True,SPOT`,
  );
  const file = join(folder, 'metadata.csv');
  writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
  return { bars, metadata: file };
};

/** Learns next to nothing, and that at once. */
export const plainTree: TreeModel = {
  backend: 'plain',
  fit:
    ({ target }) =>
    ({ rows, values }) => {
      const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
      return values.slice(0, rows).map((value) => mean + value);
    },
};
