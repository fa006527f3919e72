import { addDays, type EpochDay, earliest, latest } from '../../day.js';
import type { DayRange } from '../bars.js';

/** Ranges of days that neither overlap nor touch, ascending; none is empty. */
export type DayRanges = readonly DayRange[];

/** The days of `ranges` and the days of `added`; an empty range adds nothing. */
export const addRange = (ranges: DayRanges, added: DayRange): DayRanges => {
  if (added.first > added.last) return ranges;
  const apart = ranges.filter(
    ({ first, last }) => last < added.first - 1 || first > added.last + 1,
  );
  const joined = ranges.filter((range) => !apart.includes(range));
  const union = {
    first: earliest(added.first, ...joined.map(({ first }) => first)),
    last: latest(added.last, ...joined.map(({ last }) => last)),
  };
  return [...apart, union].sort((a, b) => a.first - b.first);
};

/** The days of `ranges` up to `last`. */
export const clipRanges = (ranges: DayRanges, last: EpochDay): DayRanges =>
  ranges
    .map((range) => ({ first: range.first, last: earliest(range.last, last) }))
    .filter((range) => range.first <= range.last);

/** The days of the range that are not in `ranges`. */
export const subtractRanges = (asked: DayRange, ranges: DayRanges): DayRanges => {
  const missing: DayRange[] = [];
  let next = asked.first;
  for (const { first, last } of ranges) {
    if (last < next) continue;
    if (first > asked.last) break;
    if (first > next) missing.push({ first: next, last: addDays(first, -1) });
    next = addDays(last, 1);
  }
  return next > asked.last ? missing : [...missing, { first: next, last: asked.last }];
};
