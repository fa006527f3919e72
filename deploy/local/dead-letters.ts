import type { DeadLetter, DeadLetters } from '../../shared/ports/dead-letters.js';
import { deadLetterTopic, type FunctionName } from '../../shared/topology.js';
import { tryTask } from '../../shared/try-task.js';
import type { DeadLetterMessage, MessageQueue } from './message-queue.js';

const letterOf = (name: FunctionName, parked: DeadLetterMessage): DeadLetter => ({
  function: name,
  id: String(parked.id),
  data: Buffer.from(parked.data, 'base64'),
  attributes: parked.attributes,
  deadLetteredAt: new Date(parked.publishTime).toISOString(),
});

/** What the queue has parked; its ids ascend with age. */
export const queueDeadLetters = (queue: MessageQueue): DeadLetters => {
  const list: DeadLetters['list'] = (functions) =>
    tryTask(`read the dead letters of ${functions.join(', ')}`, async () =>
      (await queue.deadLetters()).flatMap((parked) =>
        functions
          .filter((name) => deadLetterTopic(name) === parked.topic)
          .map((name) => letterOf(name, parked)),
      ),
    );
  return {
    list,
    peek: list,
    discard: (name, id) =>
      tryTask(`discard dead letter ${id} of ${name}`, async () => {
        const found = (await queue.deadLetters()).find(
          (parked) => String(parked.id) === id && parked.topic === deadLetterTopic(name),
        );
        if (found === undefined) return 'absent';
        await queue.removeDeadLetter(found);
        return 'discarded';
      }),
  };
};
