import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import type { FunctionName } from '../topology.js';
import type { Attributes } from './publisher.js';

/** A message that a function could not process, dead-lettered for an operator. */
export interface DeadLetter {
  readonly function: FunctionName;
  /** The Pub/Sub id of the dead letter, not of the original message. */
  readonly id: string;
  /** The data of the original message. */
  readonly data: Uint8Array;
  /** The attributes of the original message, and the reason for dead-lettering it. */
  readonly attributes: Attributes;
  /** Time of dead-lettering, in ISO 8601. */
  readonly deadLetteredAt: string;
}

/** Access to the functions' dead-letter topics. Reading does not remove messages. */
export interface DeadLetters {
  /** All dead letters of these functions, oldest first. */
  readonly list: (functions: readonly FunctionName[]) => TaskEither<Failure, readonly DeadLetter[]>;
  /** Dead letters from a single pull: fast, but possibly incomplete. For callers that poll. */
  readonly peek: (functions: readonly FunctionName[]) => TaskEither<Failure, readonly DeadLetter[]>;
  /** Deletes a dead letter. `absent` is not a failure: the dead letter was already deleted. */
  readonly discard: (name: FunctionName, id: string) => TaskEither<Failure, 'discarded' | 'absent'>;
}
