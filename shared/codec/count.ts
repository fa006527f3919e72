import { refinedInteger } from './refined.js';

/** How many there are, or a position. */
export const Count = refinedInteger('Count', 0, 'a whole number of at least 0');
