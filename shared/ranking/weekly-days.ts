import { addDays, type EpochDay } from '../day.js';

const STEP_DAYS = 7;

/** Two years in weekly steps: the history in a ranking's evidence. */
const WEEKS = 104;

/** The days a multiple of a week before `last`, oldest first, `last` itself at the end. */
export const weeklyDaysUpTo = (last: EpochDay): readonly EpochDay[] =>
  Array.from({ length: WEEKS + 1 }, (_, week) => addDays(last, (week - WEEKS) * STEP_DAYS));
