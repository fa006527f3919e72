// Defaults that a command and its help share.

/** The folder of the schemas in a clone. */
export const SCHEMA_FOLDER = 'shared/schema';

/** The number of schedules that `simulate` runs, and the factor of `--nightly`. */
export const SIMULATED_RUNS = 1000;
export const NIGHTLY_FACTOR = 100;
