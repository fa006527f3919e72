import { isoDay } from '../../day.js';
import { epochDay } from '../../units.js';
import type { BarSeries } from '../bars.js';
import { type Finding, finding } from './finding.js';
import { THRESHOLDS } from './thresholds.js';

/** The median of the values; NaN if there are none. */
const median = (values: Float64Array): number => {
  const sorted = values.slice().sort();
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : upper / 2 + (sorted[middle - 1] ?? Number.NaN) / 2;
};

/** The median quote volume of the bars before `index`; NaN if there are too few. */
const usualVolume = ({ quoteVolume }: BarSeries, index: number): number => {
  const before = quoteVolume.subarray(Math.max(0, index - THRESHOLDS.usualVolumeBars), index);
  return before.length < THRESHOLDS.minUsualVolumeBars ? Number.NaN : median(before);
};

/**
 * Closes far from the previous close, including moves across a gap. A move on a day without the
 * usual volume is `move-without-volume` instead of `big-move`.
 */
export const largePriceMoves = (series: BarSeries): readonly Finding[] => {
  const { symbol, day, close, quoteVolume } = series;
  const findings: Finding[] = [];
  for (let i = 1; i < day.length; i += 1) {
    const previous = close[i - 1] ?? Number.NaN;
    const now = close[i] ?? Number.NaN;
    const move = now / previous - 1;
    if (!(Math.abs(move) > THRESHOLDS.bigMove)) continue;
    const volume = quoteVolume[i] ?? Number.NaN;
    const usual = usualVolume(series, i);
    // A comparison with an unknown usual volume is false.
    const quiet = volume === 0 || volume < THRESHOLDS.tinyVolumeShare * usual;
    findings.push(
      finding(symbol, isoDay(epochDay(day[i] ?? 0)), quiet ? 'move-without-volume' : 'big-move', {
        // JSON has no Infinity.
        move: Number.isFinite(move) ? move : `${move}`,
        previous_close: previous,
        close: now,
        days: (day[i] ?? 0) - (day[i - 1] ?? 0),
        quote_volume: volume,
        ...(Number.isNaN(usual) ? {} : { usual_quote_volume: usual }),
      }),
    );
  }
  return findings;
};
