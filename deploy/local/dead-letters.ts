import type { DeadLetter, DeadLetters } from '../../shared/ports/dead-letters.js';
import { deadLetterTopic, type FunctionName } from '../../shared/topology.js';
import { attempt } from '../../shared/try-task.js';
import type { MessageQueue, ParkedMessage } from './message-queue.js';

const letterOf = (name: FunctionName, parked: ParkedMessage): DeadLetter => ({
  function: name,
  id: String(parked.id),
  data: Buffer.from(parked.data, 'base64'),
  attributes: parked.attributes,
  parkedAt: new Date(parked.publishTime).toISOString(),
});

/** What the queue has parked; its ids ascend with age. */
export const queueDeadLetters = (queue: MessageQueue): DeadLetters => {
  const list: DeadLetters['list'] = (functions) =>
    attempt(`read the dead letters of ${functions.join(', ')}`, async () =>
      (await queue.parked()).flatMap((parked) =>
        functions
          .filter((name) => deadLetterTopic(name) === parked.topic)
          .map((name) => letterOf(name, parked)),
      ),
    );
  return {
    list,
    glance: list,
    discard: (name, id) =>
      attempt(`discard dead letter ${id} of ${name}`, async () => {
        const found = (await queue.parked()).find(
          (parked) => String(parked.id) === id && parked.topic === deadLetterTopic(name),
        );
        if (found === undefined) return 'absent';
        await queue.unpark(found);
        return 'discarded';
      }),
  };
};
