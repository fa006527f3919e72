import type { BarSeries } from '../bars.js';

/** The first `rows` bars, copied. */
export const firstBars = (series: BarSeries, rows: number): BarSeries => ({
  symbol: series.symbol,
  day: series.day.slice(0, rows),
  open: series.open.slice(0, rows),
  high: series.high.slice(0, rows),
  low: series.low.slice(0, rows),
  close: series.close.slice(0, rows),
  volume: series.volume.slice(0, rows),
  quoteVolume: series.quoteVolume.slice(0, rows),
});
