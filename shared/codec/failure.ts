import * as E from 'fp-ts/lib/Either.js';

/**
 * Everything that can go wrong, as a closed union. `permanent` means that the same input fails
 * again: the message is dead-lettered and acknowledged. `transient` means that it may succeed
 * later: the handler throws and the message is delivered again.
 */
export type FailureCode =
  /** A message, file, document or setting does not have the shape that its codec demands. */
  | 'malformed-input'
  /** A release, or what it is made from, breaks a rule of the contract. */
  | 'contract-invalid'
  /** The release is older than readers accept. */
  | 'stale'
  /** Something else already stands where this was to be written, or the expected state has moved. */
  | 'conflict'
  /** The market data that the run needs is not there (yet). */
  | 'upstream-incomplete'
  /** The configuration is unusable. */
  | 'configuration'
  /** A store or the network failed. */
  | 'unavailable'
  /** An exception that nobody expected. */
  | 'unexpected';

export interface Failure {
  readonly kind: 'permanent' | 'transient';
  readonly code: FailureCode;
  /** Sentences for the operator: what was expected, what came, where. */
  readonly message: string;
  /** Facts for the log; small, never payloads. */
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

/** An exception caught at the edge. Transient, because nothing is known about it. */
export const unexpected = (cause: unknown): Failure =>
  transient('unexpected', cause instanceof Error ? cause.message : String(cause), { cause });

/** A store that failed; `action` completes "could not …". */
export const unavailable =
  (action: string) =>
  (cause: unknown): Failure =>
    transient(
      'unavailable',
      `Could not ${action}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );

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
