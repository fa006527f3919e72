import * as E from 'fp-ts/lib/Either.js';
import { errorMessage } from './error-message.js';

/**
 * All failures, as a closed union. `permanent` means that the same input fails again: the message
 * is dead-lettered and acknowledged. `transient` means that a retry may succeed: the handler throws
 * and the message is redelivered.
 */
export type FailureCode =
  /** A message, file, document or setting does not match its codec. */
  | 'malformed-input'
  /** A release, or one of its inputs, violates a rule of the contract. */
  | 'contract-invalid'
  /** The release is older than the maximum age that readers accept. */
  | 'stale'
  /** Other content already exists at the destination, or the state is not the expected one. */
  | 'conflict'
  /** Market data that the run needs is missing, possibly only for now. */
  | 'upstream-incomplete'
  /** The configuration is invalid. */
  | 'configuration'
  /** A store or the network failed. */
  | 'unavailable'
  /** An exception that the code did not anticipate. */
  | 'unexpected';

export interface Failure {
  readonly kind: 'permanent' | 'transient';
  readonly code: FailureCode;
  /** For the operator: where, what was expected and what was received. */
  readonly message: string;
  /** Fields for the log; small, never payloads. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

type Details = Pick<Failure, 'context' | 'cause'>;

export const permanent = (code: FailureCode, message: string, details: Details = {}): Failure => ({
  kind: 'permanent',
  code,
  message,
  ...details,
});

export const transient = (code: FailureCode, message: string, details: Details = {}): Failure => ({
  kind: 'transient',
  code,
  message,
  ...details,
});

/** An exception caught at a boundary. Transient, because its cause is unknown. */
export const unexpected = (cause: unknown): Failure =>
  transient('unexpected', errorMessage(cause), { cause });

/** The failure of a store; `action` completes "Could not …". */
export const unavailable =
  (action: string) =>
  (cause: unknown): Failure =>
    transient('unavailable', `Could not ${action}: ${errorMessage(cause)}`, {
      cause,
    });

/** Carries a Failure through code that can only throw. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  constructor(readonly failure: Failure) {
    super(failure.message, { cause: failure.cause });
  }
}

/** The value, or the failure as an exception: for code that is not written with Either. */
export const getOrThrow = <A>(result: E.Either<Failure, A>): A => {
  if (E.isLeft(result)) throw new FailureError(result.left);
  return result.right;
};
