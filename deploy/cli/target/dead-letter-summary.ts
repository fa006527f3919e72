import * as E from 'fp-ts/lib/Either.js';
import { decodeJson } from '../../../shared/codec/decode.js';
import type { FailureCode } from '../../../shared/codec/failure.js';
import { Version } from '../../../shared/codec/primitives.js';
import { ArchivedMessage } from '../../../shared/messages/envelope.js';
import type { DeadLetter } from '../../../shared/ports/dead-letters.js';
import { topicOf } from '../../../shared/topology.js';
import { isFailureCode } from '../terminal/exit-code.js';

/** What `dead-letters` shows of one; scripts rely on the names. */
export interface DeadLetterSummary {
  readonly function: string;
  readonly message_id: string;
  /** Null where the transport has given it up, and does not know why. */
  readonly code: FailureCode | null;
  readonly reason: string;
  readonly published_at: string;
  readonly event_type: string;
  readonly run_id: string | null;
  readonly version: string | null;
  /** Of the delivery that failed, as in the function's log lines. */
  readonly original_message_id: string | null;
}

/** By the function itself, or by Pub/Sub after the last attempt, which counts them. */
const reasonOf = (attributes: DeadLetter['attributes']): string =>
  attributes.dead_letter_reason ??
  `given up by the transport after ${attributes.CloudPubSubDeadLetterSourceDeliveryCount ?? 'all'} attempts; the function's log says why`;

/** What the message itself says; a bare request, and what cannot be read, says nothing. */
const messageFieldsIn = (
  data: Uint8Array,
): { readonly run_id?: string; readonly version?: string } => {
  const message = decodeJson(ArchivedMessage, 'dead letter')(new TextDecoder().decode(data));
  if (E.isLeft(message)) return {};
  const { run_id, payload } = message.right;
  return Version.is(payload.version) ? { run_id, version: payload.version } : { run_id };
};

export const deadLetterSummary = ({
  function: name,
  id,
  data,
  attributes,
  deadLetteredAt,
}: DeadLetter): DeadLetterSummary => {
  const { dead_letter_code: code } = attributes;
  // Attributes are claims, and an operator's message may come without.
  const said = messageFieldsIn(data);
  return {
    function: name,
    message_id: id,
    code: isFailureCode(code) ? code : null,
    reason: reasonOf(attributes),
    published_at: deadLetteredAt,
    event_type: attributes.event_type ?? topicOf(name),
    run_id: said.run_id ?? attributes.run_id ?? null,
    version: said.version ?? attributes.version ?? null,
    original_message_id: attributes.dead_letter_message_id ?? null,
  };
};
