import type { AsOfDate } from '../shared/codec/primitives.js';
import { daysLeftOf } from '../shared/config.js';
import { dayOf, parseIsoDay } from '../shared/day.js';
import type { Environment, StepResult } from './environment.js';

/** The age of a release, and the number of days for which readers still accept it. */
export const releaseAge = (
  { config, clock }: Pick<Environment, 'config' | 'clock'>,
  asOfDate: AsOfDate,
): Required<Pick<StepResult, 'release_age_days' | 'days_left'>> => {
  const now = clock();
  return {
    release_age_days: dayOf(now) - parseIsoDay(asOfDate),
    days_left: daysLeftOf(config, asOfDate, now),
  };
};
