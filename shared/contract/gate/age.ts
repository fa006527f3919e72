import type { AsOfDate } from '../../codec/primitives.js';
import { type EpochDay, isoDay, parseIsoDay } from '../../day.js';
import { ARTIFACT_FILE } from '../constants.js';
import { type Problem, problem } from './problem.js';

/** Readers refuse a day in the future or more than `maxAgeDays` before `today` (UTC). */
export const ageProblems = (
  asOfDate: AsOfDate | undefined,
  today: EpochDay,
  maxAgeDays: number,
): readonly Problem[] => {
  if (asOfDate === undefined) return [];
  const age = today - parseIsoDay(asOfDate);
  const file = ARTIFACT_FILE.live_pool;
  if (age < 0)
    return [
      problem(
        'future-date',
        file,
        'as_of_date',
        `a day not after today, ${isoDay(today)}`,
        asOfDate,
      ),
    ];
  if (age <= maxAgeDays) return [];
  const expected = `a day at most ${maxAgeDays} days before today, ${isoDay(today)}`;
  const { code, message } = problem('stale', file, 'as_of_date', expected, asOfDate);
  return [{ code, message: `${message}, which is ${age} days old` }];
};
