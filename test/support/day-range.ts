import type { DayRange } from '../../shared/market-data/bars.js';
import { epochDay } from '../../shared/units.js';

/** The days from `first` to `last`, both included. */
export const dayRange = (first: number, last: number): DayRange => ({
  first: epochDay(first),
  last: epochDay(last),
});
