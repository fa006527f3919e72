// What both the help of a command and the command itself name.

/** Where a clone keeps the schemas. */
export const SCHEMA_FOLDER = 'shared/schema';

/** Schedules that `simulate` runs, and how many times as many at night. */
export const SIMULATED_RUNS = 1000;
export const NIGHTLY_FACTOR = 100;
