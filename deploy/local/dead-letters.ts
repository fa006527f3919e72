import type { DeadLetter, DeadLetters } from '../../shared/ports/dead-letters.js';
import { deadLetterTopic, type FunctionName } from '../../shared/topology.js';
import { tryTask } from '../../shared/try-task.js';
import type { DeadLetterMessage, MessageQueue } from './message-queue.js';

const letterOf = (name: FunctionName, message: DeadLetterMessage): DeadLetter => ({
  function: name,
  id: String(message.id),
  data: Buffer.from(message.data, 'base64'),
  attributes: message.attributes,
  deadLetteredAt: new Date(message.publishTime).toISOString(),
});

/** The dead letters of a queue, oldest first. */
export const queueDeadLetters = (queue: MessageQueue): DeadLetters => {
  const list: DeadLetters['list'] = (functions) =>
    tryTask(`read the dead letters of ${functions.join(', ')}`, async () =>
      (await queue.deadLetters()).flatMap((message) =>
        functions
          .filter((name) => deadLetterTopic(name) === message.topic)
          .map((name) => letterOf(name, message)),
      ),
    );
  return {
    list,
    peek: list,
    discard: (name, id) =>
      tryTask(`discard dead letter ${id} of ${name}`, async () => {
        const found = (await queue.deadLetters()).find(
          (message) => String(message.id) === id && message.topic === deadLetterTopic(name),
        );
        if (found === undefined) return 'absent';
        await queue.removeDeadLetter(found);
        return 'discarded';
      }),
  };
};
