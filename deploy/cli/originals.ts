import type { AnyEnvelope } from '../../shared/messages/envelope.js';

/**
 * The messages of one topic without those that an operator made from another one of them: a rollback
 * that allows staleness is archived beside the message that announced the release.
 */
export const originals = <M extends Pick<AnyEnvelope, 'event_id' | 'causation_id'>>(
  messages: readonly M[],
): readonly M[] => {
  const ids = new Set(messages.map(({ event_id }) => event_id));
  return messages.filter(({ causation_id }) => causation_id === null || !ids.has(causation_id));
};
