import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { withinLimits } from './attribute-limits.js';
import type { Publisher } from './publisher.js';

/**
 * A publisher that refuses attributes which Pub/Sub would refuse. Every adapter is made with it:
 * Google's emulator and our own queues accept more, and a test on them would prove nothing.
 */
export const limitedPublisher = ({ publish }: Publisher): Publisher => ({
  publish: (topic, data, attributes) =>
    pipe(
      TE.fromEither(withinLimits(attributes)),
      TE.chain((accepted) => publish(topic, data, accepted)),
    ),
});
