import { sequenceIn } from '../../../shared/client/acceptance/payload.js';
import type { AnyEnvelope } from '../../../shared/messages/envelope.js';

/**
 * The messages of one topic, without messages derived from another one in the list: a rollback with
 * `--allow-stale` is archived beside the message that announced the release.
 */
export const withoutDerived = <M extends Pick<AnyEnvelope, 'event_id' | 'causation_id'>>(
  messages: readonly M[],
): readonly M[] => {
  const ids = new Set(messages.map(({ event_id }) => event_id));
  return messages.filter(({ causation_id }) => causation_id === null || !ids.has(causation_id));
};

/** The fields of a message that order several messages about the same version. */
type ReplayCandidate = Pick<AnyEnvelope, 'event_id' | 'causation_id' | 'occurred_at'> & {
  readonly payload: object;
};

const sequenceOfMessage = ({ payload }: ReplayCandidate): number => sequenceIn(payload) ?? 0;

/** A message that waives the age rule comes last: the waiver was for one operation. */
const waivesAge = ({ payload }: ReplayCandidate): number =>
  'allow_stale' in payload && payload.allow_stale === true ? 1 : 0;

const byPrecedence = (a: ReplayCandidate, b: ReplayCandidate): number =>
  sequenceOfMessage(b) - sequenceOfMessage(a) ||
  waivesAge(a) - waivesAge(b) ||
  Date.parse(a.occurred_at) - Date.parse(b.occurred_at) ||
  (a.event_id < b.event_id ? -1 : 1);

/**
 * The archived message to replay, among the `wanted` messages of a topic: the one of the latest
 * promotion; without a promotion sequence the first one that does not waive the age rule.
 */
export const messageToReplay = <M extends ReplayCandidate>(
  messages: readonly M[],
  wanted: (message: M) => boolean,
): M | undefined => withoutDerived(messages).filter(wanted).sort(byPrecedence)[0];
