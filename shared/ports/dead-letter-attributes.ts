import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { Failure, FailureCode } from '../codec/failure.js';
import { FunctionName } from '../topology.js';
import { fittingValue } from './attribute-limits.js';
import type { Attributes } from './publisher.js';

const codes: Readonly<Record<FailureCode, null>> = {
  'malformed-input': null,
  'contract-invalid': null,
  stale: null,
  conflict: null,
  'upstream-incomplete': null,
  configuration: null,
  unavailable: null,
  unexpected: null,
};

/** A value that this version does not know reads as undefined, so that the others stay readable. */
const knownOrUndefined = <A extends string>(codec: t.Type<A>): t.Type<A | undefined> =>
  new t.Type<A | undefined>(
    `${codec.name} or undefined`,
    (value): value is A | undefined => value === undefined || codec.is(value),
    (value) => t.success(codec.is(value) ? value : undefined),
    t.identity,
  );

/**
 * The attributes that tell why a message was dead-lettered, beside the message's own. A function
 * that gives up writes all four; Pub/Sub writes only the number of attempts.
 */
const DeadLetterAttributes = t.partial(
  {
    dead_letter_function: knownOrUndefined(FunctionName),
    dead_letter_code: knownOrUndefined(t.keyof(codes)),
    dead_letter_reason: t.string,
    /** The message id of the failed delivery, not of the dead letter. */
    dead_letter_message_id: t.string,
    CloudPubSubDeadLetterSourceDeliveryCount: t.string,
  },
  'DeadLetterAttributes',
);
export type DeadLetterAttributes = t.TypeOf<typeof DeadLetterAttributes>;

export const readDeadLetterAttributes = (attributes: Attributes): DeadLetterAttributes =>
  E.getOrElse((): DeadLetterAttributes => ({}))(DeadLetterAttributes.decode(attributes));

/** The attributes of a dead letter: the original message's, and why its function failed. */
export const deadLetterAttributes = (
  name: FunctionName,
  original: { readonly messageId: string; readonly attributes: Attributes },
  failure: Failure,
): Attributes => {
  const cause = {
    dead_letter_function: name,
    dead_letter_code: failure.code,
    dead_letter_reason: fittingValue(failure.message),
    dead_letter_message_id: original.messageId,
  } satisfies DeadLetterAttributes;
  return { ...original.attributes, ...cause };
};
