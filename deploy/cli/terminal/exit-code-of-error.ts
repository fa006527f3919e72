import { CommanderError } from 'commander';
import { FailureError } from '../../../shared/codec/failure.js';
import { EXIT, exitCodeOf } from './exit-code.js';
import { UsageError } from './usage-error.js';

/** The only mapping from an exception to an exit code, for the command, packaging and emulators. */
export const exitCodeOfError = (error: unknown): number => {
  // Commander ends help and --version with 0, and a line that it cannot parse with 1.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) return EXIT.usage;
  return error instanceof FailureError ? exitCodeOf(error.failure.code) : EXIT.unexpected;
};
