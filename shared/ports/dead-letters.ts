import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import type { FunctionName } from '../topology.js';
import type { Attributes } from './publisher.js';

/** A message that a function could not use, parked for an operator. */
export interface DeadLetter {
  readonly function: FunctionName;
  /** The transport's id of the parked message, not of the one that was given up. */
  readonly id: string;
  /** The message's own data. */
  readonly data: Uint8Array;
  /** The message's own, and why it was given up. */
  readonly attributes: Attributes;
  /** When it was parked; an instant in ISO 8601. */
  readonly deadLetteredAt: string;
}

/** What lies on the functions' dead-letter topics. Looking takes nothing away. */
export interface DeadLetters {
  /** All of these functions' dead letters, oldest first. */
  readonly list: (functions: readonly FunctionName[]) => TaskEither<Failure, readonly DeadLetter[]>;
  /** What one look shows: at once, and perhaps not all. For whoever looks again. */
  readonly peek: (functions: readonly FunctionName[]) => TaskEither<Failure, readonly DeadLetter[]>;
  /** Removes one for good. `absent` is an answer: nobody has to discard it any more. */
  readonly discard: (name: FunctionName, id: string) => TaskEither<Failure, 'discarded' | 'absent'>;
}
