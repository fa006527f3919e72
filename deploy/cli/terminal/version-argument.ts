import { Version } from '../../../shared/codec/primitives.js';
import { UsageError } from './usage-error.js';

/** The release version that an argument names. */
export const versionArgument = (text: unknown): Version => {
  if (!Version.is(text))
    throw new UsageError(`version: expected <as_of_date>-<mode>, got ${String(text)}`);
  return text;
};
