import type { EpochDay } from '../day.js';
import { epochDay } from '../units.js';

/**
 * Closed daily bars of one symbol, as columns of equal length, one entry per bar. Days ascend
 * without repeats; days without a bar are absent. Prices in the quote asset, `volume` in
 * the base asset, `quoteVolume` in the quote asset.
 */
export interface BarSeries {
  readonly symbol: string;
  readonly day: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly quoteVolume: Float64Array;
}

/** Empty columns for a number of bars. */
export const emptySeries = (symbol: string, rows: number): BarSeries => ({
  symbol,
  day: new Int32Array(rows),
  open: new Float64Array(rows),
  high: new Float64Array(rows),
  low: new Float64Array(rows),
  close: new Float64Array(rows),
  volume: new Float64Array(rows),
  quoteVolume: new Float64Array(rows),
});

/** The day of the bar at `index`, or undefined if there is none; a negative index counts back. */
export const dayOfBar = ({ day }: BarSeries, index: number): EpochDay | undefined => {
  const days = day[index < 0 ? day.length + index : index];
  return days === undefined ? undefined : epochDay(days);
};

/** The exchange's metadata of a symbol at the time of the run. */
export interface SymbolMetadata {
  readonly symbol: string;
  /** `TRADING` if the pair can be traded. */
  readonly status: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  readonly isSpotTradingAllowed: boolean;
  readonly permissions: string;
}

/** Bars from `first` to `last`, both included. */
export interface DayRange {
  readonly first: EpochDay;
  readonly last: EpochDay;
}
