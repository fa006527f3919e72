import type { BarSeries, DayRange } from './bars.js';

/** The bars of the days in `range`, copied; empty columns if there are none. */
export const sliceDays = (series: BarSeries, range: DayRange): BarSeries => {
  const { day } = series;
  const first = day.findIndex((value) => value >= range.first);
  const after = day.findIndex((value) => value > range.last);
  const from = first === -1 ? day.length : first;
  const to = after === -1 ? day.length : after;
  return {
    symbol: series.symbol,
    day: day.slice(from, to),
    open: series.open.slice(from, to),
    high: series.high.slice(from, to),
    low: series.low.slice(from, to),
    close: series.close.slice(from, to),
    volume: series.volume.slice(from, to),
    quoteVolume: series.quoteVolume.slice(from, to),
  };
};
