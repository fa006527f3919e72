import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decode } from '../codec/decode.js';
import { type Failure, permanent } from '../codec/failure.js';
import { sha256 } from '../codec/hash.js';
import type { PositiveInteger } from '../codec/primitives.js';
import { refinedText } from '../codec/refined.js';
import type { AnyEnvelope } from './envelope.js';
import { Intent } from './run-fields.js';

/** What the attributes of a message command. Everything else in them is for filters. */
export interface ControlAttributes {
  readonly intent: Intent;
  readonly reason?: string;
  /** The sequence that the sender believes to be the head. */
  readonly expectedSeq?: PositiveInteger;
}

const Reason = refinedText(
  'Reason',
  '(?=[\\s\\S]*\\S)[\\s\\S]{1,500}',
  'a reason of 1 to 500 characters',
);
const SequenceText = refinedText('SequenceText', '[1-9]\\d{0,14}', 'a sequence number');

/** The commanding attributes, each of which may be absent. */
export const controlAttributes = { intent: Intent, reason: Reason, expected_seq: SequenceText };
const CommandAttributes = t.exact(t.partial(controlAttributes), 'attributes');

/** The facts of a payload that its attributes repeat, for filters. */
export const FILTER_ATTRIBUTES: readonly string[] = ['mode', 'as_of_date', 'version', 'intent'];

/** Reads the three commanding attributes. */
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

/** The attributes that a message is published with: filters and the trace. */
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
