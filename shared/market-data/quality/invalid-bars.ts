import type { EpochDay } from '../../day.js';
import { epochDay } from '../../units.js';
import { invalidBars } from '../bar-rules.js';
import type { BarSeries } from '../bars.js';
import { dayText, type Finding, finding } from './finding.js';

/**
 * The findings that prevent sealing a series: invalid bars, and bars of days after `lastDay`, the
 * last day that is both requested and closed.
 */
export const invalidBarFindings = (series: BarSeries, lastDay: EpochDay): readonly Finding[] => {
  const { symbol, day } = series;
  const findings = invalidBars(series).map(({ rule, index, field, expected, got }) =>
    finding(symbol, dayText(epochDay(day[index] ?? Number.NaN)), rule, { field, expected, got }),
  );
  for (const one of day) {
    if (one <= lastDay) continue;
    const expected = `a closed day, at most ${dayText(lastDay)}`;
    const values = { field: 'date', expected, got: dayText(epochDay(one)) };
    findings.push(finding(symbol, dayText(epochDay(one)), 'open-bar', values));
  }
  return findings;
};
