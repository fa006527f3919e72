import type { Attributes } from '../../shared/ports/publisher.js';
import type { FunctionName } from '../../shared/topology.js';

/** A message that a function has not acknowledged yet. */
export interface PendingMessage {
  /** The id that the queue assigns; ascending in the order of publication. */
  readonly id: number;
  readonly topic: string;
  readonly subscriber: FunctionName;
  readonly data: string;
  readonly attributes: Attributes;
  readonly publishTime: string;
  readonly attempts: number;
}

/** A dead-lettered message, stored until the operator discards it. */
export interface DeadLetterMessage {
  readonly id: number;
  readonly topic: string;
  readonly data: string;
  readonly attributes: Attributes;
  readonly publishTime: string;
}

/** The storage of the bus. On disk it survives the process, as Pub/Sub's own storage would. */
export interface MessageQueue {
  readonly nextId: () => Promise<number>;
  /** Adds a message, or replaces the one with the same id and subscriber. */
  readonly put: (message: PendingMessage) => Promise<void>;
  readonly remove: (message: PendingMessage) => Promise<void>;
  /** Oldest first. */
  readonly pending: () => Promise<readonly PendingMessage[]>;
  readonly putDeadLetter: (message: DeadLetterMessage) => Promise<void>;
  /** Oldest first. */
  readonly deadLetters: () => Promise<readonly DeadLetterMessage[]>;
  readonly removeDeadLetter: (message: DeadLetterMessage) => Promise<void>;
}
