import { FailureError, permanent } from '../../shared/codec/failure.js';

/** What stands in the way of an archive that would work, as an exception. */
export const packagingError = (message: string, cause?: unknown): FailureError =>
  new FailureError(permanent('configuration', message, { cause }));
