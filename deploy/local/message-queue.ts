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

const byId = (a: { readonly id: number }, b: { readonly id: number }): number => a.id - b.id;

export const memoryQueue = (): MessageQueue => {
  const messages = new Map<string, PendingMessage>();
  const deadLetters = new Map<number, DeadLetterMessage>();
  let last = 0;
  const keyOf = (message: PendingMessage): string => `${message.id}/${message.subscriber}`;
  return {
    nextId: async () => {
      last += 1;
      return last;
    },
    put: async (message) => {
      messages.set(keyOf(message), message);
    },
    remove: async (message) => {
      messages.delete(keyOf(message));
    },
    pending: async () => [...messages.values()].sort(byId),
    putDeadLetter: async (message) => {
      deadLetters.set(message.id, message);
    },
    deadLetters: async () => [...deadLetters.values()].sort(byId),
    removeDeadLetter: async ({ id }) => {
      deadLetters.delete(id);
    },
  };
};
