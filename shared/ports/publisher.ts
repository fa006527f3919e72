import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';

export type Attributes = Readonly<Record<string, string>>;

/** Publishes a message to a topic and returns the message id once the message is accepted. */
export interface Publisher {
  readonly publish: (
    topic: string,
    data: Uint8Array,
    attributes: Attributes,
  ) => TaskEither<Failure, string>;
}
