import type { FunctionName } from './topology.js';

/**
 * The entry point of a deployed function. Google does not document whether it may contain a hyphen,
 * and some versions of gcloud rejected one; letters and digits are accepted everywhere.
 */
export const entryPointOf = (name: FunctionName): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
