import * as t from 'io-ts';
import { canonicalJson, sha256 } from '../codec/hash.js';
import { Sha256, Timestamp } from '../codec/primitives.js';
import { refinedText } from '../codec/refined.js';

/** Identifies one request for one month; a safe path segment. */
export const RunId = refinedText(
  'RunId',
  '\\d{4}-\\d{2}-\\d{2}-[a-z][a-z0-9_]{0,39}-[0-9a-f]{12}',
  '<as_of_date>-<mode>-<12 hexadecimal digits>',
);
export type RunId = t.TypeOf<typeof RunId>;

export const SCHEMA_VERSION = 1;

/**
 * The envelope of every message of the flow. Unknown keys are dropped, so that a newer producer may
 * add some; an unknown `schema_version` is rejected.
 */
export const envelope = <T extends string, P extends t.Props>(eventType: T, payload: P) =>
  t.strict(
    {
      schema_version: t.literal(SCHEMA_VERSION),
      event_type: t.literal(eventType),
      event_id: Sha256,
      run_id: RunId,
      occurred_at: Timestamp,
      causation_id: t.union([Sha256, t.null], 'Sha256 or null'),
      payload: t.strict(payload, 'object'),
    },
    eventType,
  );

/**
 * An envelope with optional payload fields, which older messages lack. They do not contribute to
 * the identity of a message.
 */
export const envelopeWithOptional = <T extends string, P extends t.Props, O extends t.Props>(
  eventType: T,
  payload: P,
  optional: O,
) =>
  t.strict(
    {
      ...envelope(eventType, {}).type.props,
      payload: t.exact(t.intersection([t.type(payload), t.partial(optional)]), 'object'),
    },
    eventType,
  );

export interface Envelope<T extends string, P> {
  readonly schema_version: typeof SCHEMA_VERSION;
  readonly event_type: T;
  /** Hash of the message's identity, so that a step that runs twice gives the same id. */
  readonly event_id: Sha256;
  readonly run_id: RunId;
  /** Publish time of the run's first message; every message of the run repeats it. */
  readonly occurred_at: Timestamp;
  /** The id of the event that caused this one. */
  readonly causation_id: Sha256 | null;
  readonly payload: P;
}

export type AnyEnvelope = Envelope<string, object>;

/** Any archived message of the flow, with an undecoded payload. */
export const ArchivedMessage = t.strict(
  {
    schema_version: t.literal(SCHEMA_VERSION),
    event_type: t.string,
    event_id: Sha256,
    run_id: RunId,
    occurred_at: Timestamp,
    causation_id: t.union([Sha256, t.null], 'Sha256 or null'),
    payload: t.UnknownRecord,
  },
  'archived message',
);

/** The fields that a message inherits from the message that caused it. */
export interface Causation {
  readonly event_id: Sha256 | null;
  readonly run_id: RunId;
  readonly occurred_at: Timestamp;
}

/** The id of an event, derived from what distinguishes it from others of its type. */
export const eventIdOf = (eventType: string, identity: unknown): Sha256 =>
  sha256(canonicalJson([eventType, identity]));

/** Makes a message. `identity` distinguishes it from others; by default run id and payload. */
export const makeMessage = <T extends string, P extends object>(
  eventType: T,
  cause: Causation,
  payload: P,
  identity: unknown = { run_id: cause.run_id, payload },
): Envelope<T, P> => ({
  schema_version: SCHEMA_VERSION,
  event_type: eventType,
  event_id: eventIdOf(eventType, identity),
  run_id: cause.run_id,
  occurred_at: cause.occurred_at,
  causation_id: cause.event_id,
  payload,
});

/** The Pub/Sub data of a message. Deterministic: the same message gives the same bytes. */
export const encodeMessage = (message: AnyEnvelope): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(message));
