import { UsageError } from './usage-error.js';

/** The whole number that a flag names; undefined if the flag was not given. */
export const integerOption = (flag: string, text: unknown, minimum: number): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < minimum)
    throw new UsageError(`${flag}: expected a whole number of at least ${minimum}, got ${text}`);
  return value;
};
