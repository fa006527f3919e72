import { refinedInteger } from './refined.js';

/** A count, or a zero-based position. */
export const Count = refinedInteger('Count', 0, 'a whole number of at least 0');
