import * as E from 'fp-ts/lib/Either.js';
import { decodeJson } from '../../../shared/codec/decode.js';
import type { FailureCode } from '../../../shared/codec/failure.js';
import { Version } from '../../../shared/codec/primitives.js';
import { ArchivedMessage } from '../../../shared/messages/envelope.js';
import {
  type DeadLetterAttributes,
  readDeadLetterAttributes,
} from '../../../shared/ports/dead-letter-attributes.js';
import type { DeadLetter } from '../../../shared/ports/dead-letters.js';
import { topicOf } from '../../../shared/topology.js';

/** One row of `dead-letters`; scripts rely on the names. */
export interface DeadLetterSummary {
  readonly function: string;
  readonly message_id: string;
  /** Null if Pub/Sub dead-lettered the message: it does not know the cause. */
  readonly code: FailureCode | null;
  readonly reason: string;
  readonly published_at: string;
  readonly event_type: string;
  readonly run_id: string | null;
  readonly version: string | null;
  /** The message id of the failed delivery, as in the function's log. */
  readonly original_message_id: string | null;
}

/** The reason that the function gave; after Pub/Sub's last attempt the number of attempts. */
const reasonOf = (attributes: DeadLetterAttributes): string =>
  attributes.dead_letter_reason ??
  `dead-lettered by Pub/Sub after ${attributes.CloudPubSubDeadLetterSourceDeliveryCount ?? 'all'} attempts; see the function's log for the cause`;

/** The fields of the message; empty for a bare request and for unreadable data. */
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
  const cause = readDeadLetterAttributes(attributes);
  // The message comes first: its attributes are unverified and may be missing.
  const fields = messageFieldsIn(data);
  return {
    function: name,
    message_id: id,
    code: cause.dead_letter_code ?? null,
    reason: reasonOf(cause),
    published_at: deadLetteredAt,
    event_type: attributes.event_type ?? topicOf(name),
    run_id: fields.run_id ?? attributes.run_id ?? null,
    version: fields.version ?? attributes.version ?? null,
    original_message_id: cause.dead_letter_message_id ?? null,
  };
};
