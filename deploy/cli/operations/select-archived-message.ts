import type { AnyEnvelope } from '../../../shared/messages/envelope.js';

/**
 * The messages of one topic without those that an operator made from another one of them: a rollback
 * that allows staleness is archived beside the message that announced the release.
 */
export const withoutDerived = <M extends Pick<AnyEnvelope, 'event_id' | 'causation_id'>>(
  messages: readonly M[],
): readonly M[] => {
  const ids = new Set(messages.map(({ event_id }) => event_id));
  return messages.filter(({ causation_id }) => causation_id === null || !ids.has(causation_id));
};

/** What of a message decides where there are several about the same version. */
type ReplayCandidate = Pick<AnyEnvelope, 'event_id' | 'causation_id' | 'occurred_at'> & {
  readonly payload: object;
};

const sequenceOfMessage = ({ payload }: ReplayCandidate): number =>
  'promotion_seq' in payload ? Number(payload.promotion_seq) : 0;

/** A waiver is for who asks for it, so a message with one is the last resort. */
const waivesAge = ({ payload }: ReplayCandidate): number =>
  'allow_stale' in payload && payload.allow_stale === true ? 1 : 0;

const byPrecedence = (a: ReplayCandidate, b: ReplayCandidate): number =>
  sequenceOfMessage(b) - sequenceOfMessage(a) ||
  waivesAge(a) - waivesAge(b) ||
  Date.parse(a.occurred_at) - Date.parse(b.occurred_at) ||
  (a.event_id < b.event_id ? -1 : 1);

/**
 * Of all archived messages of a topic the one to publish again for what is `wanted`: that of the
 * latest promotion; of those that speak of none the first that waives nothing.
 */
export const messageToReplay = <M extends ReplayCandidate>(
  messages: readonly M[],
  wanted: (message: M) => boolean,
): M | undefined => withoutDerived(messages).filter(wanted).sort(byPrecedence)[0];
