import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';

export type Attributes = Readonly<Record<string, string>>;

/** Hands a message to a topic; answers with the transport's message id once it is accepted. */
export interface Publisher {
  readonly publish: (
    topic: string,
    data: Uint8Array,
    attributes: Attributes,
  ) => TaskEither<Failure, string>;
}
