import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decode } from '../codec/decode.js';
import { type Failure, permanent } from '../codec/failure.js';
import { sha256 } from '../codec/hash.js';
import type { PositiveInteger } from '../codec/primitives.js';
import { refinedText } from '../codec/refined.js';
import type { AnyEnvelope } from './envelope.js';
import { Intent } from './run-fields.js';

/** The attributes of a message that control promotion. All other attributes are for filters. */
export interface ControlAttributes {
  readonly intent: Intent;
  readonly reason?: string;
  /** The sequence that the sender expects at the head of the ledger. */
  readonly expectedSeq?: PositiveInteger;
}

const Reason = refinedText(
  'Reason',
  '(?=[\\s\\S]*\\S)[\\s\\S]{1,500}',
  'a reason of 1 to 500 characters',
);
const SequenceText = refinedText('SequenceText', '[1-9]\\d{0,14}', 'a sequence number');

/** The codecs of the control attributes, all optional. */
export const controlAttributes = { intent: Intent, reason: Reason, expected_seq: SequenceText };
const CommandAttributes = t.exact(t.partial(controlAttributes), 'attributes');

/** Payload fields that are repeated as attributes, for subscription filters. */
export const FILTER_ATTRIBUTES: readonly string[] = ['mode', 'as_of_date', 'version', 'intent'];

/** Decodes the three control attributes. */
export const parseControlAttributes = (
  attributes: unknown,
): E.Either<Failure, ControlAttributes> => {
  const decoded = decode(CommandAttributes)(attributes);
  if (E.isLeft(decoded)) return decoded;
  const { intent = 'publish', reason, expected_seq } = decoded.right;
  if (intent === 'rollback' && expected_seq === undefined)
    return E.left(
      permanent(
        'malformed-input',
        'attributes: expected_seq: expected the current promotion sequence with intent rollback, got nothing',
      ),
    );
  if (intent !== 'publish' && reason === undefined)
    return E.left(
      permanent(
        'malformed-input',
        `attributes: reason: expected a reason with intent ${intent}, got nothing`,
      ),
    );
  return E.right({
    intent,
    ...(reason === undefined ? {} : { reason }),
    // Its pattern admits only positive safe integers.
    ...(expected_seq === undefined ? {} : { expectedSeq: Number(expected_seq) as PositiveInteger }),
  });
};

/** W3C trace context: one trace per run, one span per message, the same on every redelivery. */
export const traceparentOf = (message: AnyEnvelope): string =>
  `00-${sha256(message.run_id).slice(0, 32)}-${message.event_id.slice(0, 16)}-01`;

/** The attributes of a published message: filter attributes and the trace. */
export const attributesOf = (message: AnyEnvelope): Record<string, string> => {
  const attributes: Record<string, string> = {
    event_type: message.event_type,
    schema_version: String(message.schema_version),
    run_id: message.run_id,
  };
  for (const [key, value] of Object.entries(message.payload)) {
    if (FILTER_ATTRIBUTES.includes(key)) attributes[key] = String(value);
  }
  attributes.traceparent = traceparentOf(message);
  return attributes;
};
