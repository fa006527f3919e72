import { type EpochDay, isoDay } from '../../day.js';
import { epochDay } from '../../units.js';
import type { BarSeries } from '../bars.js';
import { type Finding, finding } from './finding.js';

const stretch = (
  symbol: string,
  rule: 'gap' | 'zero-volume',
  from: EpochDay,
  to: EpochDay,
): Finding =>
  finding(symbol, isoDay(from), rule, { from: isoDay(from), to: isoDay(to), days: to - from + 1 });

/** The days without a bar between the first bar and the last, one finding per gap. */
export const gaps = ({ symbol, day }: BarSeries): readonly Finding[] => {
  const findings: Finding[] = [];
  for (let i = 1; i < day.length; i += 1) {
    const from = epochDay((day[i - 1] ?? 0) + 1);
    const to = epochDay((day[i] ?? 0) - 1);
    if (from <= to) findings.push(stretch(symbol, 'gap', from, to));
  }
  return findings;
};

/** The days on which nothing was traded, one finding per run of consecutive days. */
export const zeroVolumeDays = ({
  symbol,
  day,
  volume,
  quoteVolume,
}: BarSeries): readonly Finding[] => {
  const findings: Finding[] = [];
  let from: EpochDay | undefined;
  for (let i = 0; i < day.length; i += 1) {
    if (volume[i] !== 0 && quoteVolume[i] !== 0) continue;
    const today = epochDay(day[i] ?? 0);
    from ??= today;
    const next = i + 1;
    const goesOn = day[next] === today + 1 && (volume[next] === 0 || quoteVolume[next] === 0);
    if (goesOn) continue;
    findings.push(stretch(symbol, 'zero-volume', from, today));
    from = undefined;
  }
  return findings;
};
