import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../shared/codec/failure.js';
import { attributesOf } from '../shared/messages/control-attributes.js';
import { type AnyEnvelope, encodeMessage } from '../shared/messages/envelope.js';
import { eventKey } from '../shared/object-keys.js';
import type { Attributes } from '../shared/ports/publisher.js';
import { CONTENT_TYPES, writeOnce } from '../shared/ports/write-once.js';
import type { Environment } from './environment.js';

/**
 * Archives the message, then publishes the archived bytes. The first archived message wins, so one
 * event id always has the same bytes. `command` holds the control attributes of an operator.
 */
export const publishMessage = (
  { objects, publisher }: Pick<Environment, 'objects' | 'publisher'>,
  message: AnyEnvelope,
  command: Attributes = {},
): TE.TaskEither<Failure, string> => {
  const bytes = encodeMessage(message);
  const key = eventKey(message.event_type, message.event_id);
  return pipe(
    writeOnce(objects, key, bytes, CONTENT_TYPES.json),
    TE.chain((archived) =>
      publisher.publish(
        message.event_type,
        archived.outcome === 'different' ? archived.stored : bytes,
        { ...attributesOf(message), ...command },
      ),
    ),
  );
};
