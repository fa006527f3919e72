import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { withinLimits } from './attribute-limits.js';
import type { Publisher } from './publisher.js';

/**
 * A publisher that rejects attributes that Pub/Sub would reject. Every adapter uses it, because
 * Google's emulator and the local queues accept more, so that tests would miss such attributes.
 */
export const limitedPublisher = ({ publish }: Publisher): Publisher => ({
  publish: (topic, data, attributes) =>
    pipe(
      TE.fromEither(withinLimits(attributes)),
      TE.chain((accepted) => publish(topic, data, accepted)),
    ),
});
