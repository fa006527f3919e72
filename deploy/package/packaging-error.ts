import { FailureError, permanent } from '../../shared/codec/failure.js';

/** An exception: the archive cannot be built, or would not work. */
export const packagingError = (message: string, cause?: unknown): FailureError =>
  new FailureError(permanent('configuration', message, { cause }));
