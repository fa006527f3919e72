import type {
  DeadLetterMessage,
  MessageQueue,
  PendingMessage,
} from '../../deploy/local/message-queue.js';

const byId = (a: { readonly id: number }, b: { readonly id: number }): number => a.id - b.id;

/** A message queue that ends with the process. */
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
