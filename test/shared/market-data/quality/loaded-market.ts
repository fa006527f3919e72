import { decodeJson } from '../../../../shared/codec/decode.js';
import { addDays, parseIsoDay } from '../../../../shared/day.js';
import type { BarSeries } from '../../../../shared/market-data/bars.js';
import type { LoadedMarket } from '../../../../shared/market-data/quality/loaded-market.js';
import { sealSnapshot } from '../../../../shared/market-data/snapshot.js';
import { SnapshotManifest } from '../../../../shared/market-data/snapshot-manifest.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { tradingPair } from '../../../support/synthetic-bars.js';

export const FIRST = parseIsoDay('2026-01-01');
/** The last day of `steady`. */
export const AS_OF = addDays(FIRST, 39);

/** Bars in which nothing happens, from 2026-01-01 to 2026-02-09. */
export const steady = (symbol = 'TRXUSDT', length = AS_OF - FIRST + 1): BarSeries => ({
  symbol,
  day: Int32Array.from({ length }, (_, index) => FIRST + index),
  open: new Float64Array(length).fill(10),
  high: new Float64Array(length).fill(11),
  low: new Float64Array(length).fill(9),
  close: new Float64Array(length).fill(10),
  volume: new Float64Array(length).fill(100),
  quoteVolume: new Float64Array(length).fill(1000),
});

/** The bars at these positions, in this order. */
export const rows = (series: BarSeries, at: readonly number[]): BarSeries => {
  const pick = (column: Float64Array) => Float64Array.from(at, (index) => column[index] ?? 0);
  return {
    symbol: series.symbol,
    day: Int32Array.from(at, (index) => series.day[index] ?? 0),
    open: pick(series.open),
    high: pick(series.high),
    low: pick(series.low),
    close: pick(series.close),
    volume: pick(series.volume),
    quoteVolume: pick(series.quoteVolume),
  };
};

/** All positions but these. */
export const allBut = (...gone: readonly number[]): readonly number[] =>
  Array.from({ length: AS_OF - FIRST + 1 }, (_, index) => index).filter(
    (index) => !gone.includes(index),
  );

type Column = Exclude<keyof BarSeries, 'symbol' | 'day'>;

/** The series with values changed at a position. */
export const changed = (
  series: BarSeries,
  index: number,
  values: Partial<Record<Column, number>>,
): BarSeries => {
  const copy = rows(
    series,
    Array.from(series.day, (_, at) => at),
  );
  if (values.open !== undefined) copy.open[index] = values.open;
  if (values.high !== undefined) copy.high[index] = values.high;
  if (values.low !== undefined) copy.low[index] = values.low;
  if (values.close !== undefined) copy.close[index] = values.close;
  if (values.volume !== undefined) copy.volume[index] = values.volume;
  if (values.quoteVolume !== undefined) copy.quoteVolume[index] = values.quoteVolume;
  return copy;
};

/** The series with all its prices multiplied from a position on. */
export const rescaled = (series: BarSeries, from: number, factor: number): BarSeries => {
  const scaled = (column: Float64Array) =>
    column.map((value, index) => (index < from ? value : value * factor));
  return {
    ...series,
    open: scaled(series.open),
    high: scaled(series.high),
    low: scaled(series.low),
    close: scaled(series.close),
  };
};

/** A market of these series: all listed, all candidates, nothing before it. */
export const marketOf = (
  series: readonly BarSeries[],
  own: Partial<LoadedMarket> = {},
): LoadedMarket => {
  const symbols = series.map(({ symbol }) => symbol);
  return {
    asOf: AS_OF,
    lastClosed: AS_OF,
    benchmark: symbols.includes('TRXUSDT') ? 'TRXUSDT' : (symbols[0] ?? ''),
    previousPool: [],
    candidates: symbols,
    metadata: symbols.map((symbol) => tradingPair(symbol)),
    series,
    listedLater: new Map(),
    before: undefined,
    ...own,
  };
};

/** The manifest of a snapshot of these series, as if it had been sealed before. */
export const sealed = (...series: readonly BarSeries[]): SnapshotManifest => {
  const range = { first: FIRST, last: AS_OF };
  const { manifestBytes } = getOrThrow(sealSnapshot({ ...marketOf(series), range }));
  return getOrThrow(decodeJson(SnapshotManifest)(new TextDecoder().decode(manifestBytes)));
};
