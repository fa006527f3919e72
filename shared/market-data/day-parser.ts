import { type EpochDay, parseIsoDay } from '../day.js';

/** Parses `YYYY-MM-DD`; NaN if the text is not an existing date. */
export type ParseDay = (text: string) => EpochDay;

/**
 * A parser that remembers the days that it has parsed. All files of a market have the same few
 * thousand days; parsing each again would take a third of the time of a load.
 */
export const rememberingDayParser = (): ParseDay => {
  const known = new Map<string, EpochDay>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const day = parseIsoDay(text);
    if (!Number.isNaN(day)) known.set(text, day);
    return day;
  };
};
