import type { FunctionName } from './topology.js';

/**
 * The name that Google Cloud asks the deployed code for. Google documents no rule for a hyphen in an
 * entry point, and versions of its command refused it: letters and digits are accepted everywhere.
 */
export const entryPointOf = (name: FunctionName): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
