import { sha256 } from '../../../shared/codec/hash.js';
import type { AsOfDate, Mode, PositiveInteger } from '../../../shared/codec/primitives.js';
import { versionOf } from '../../../shared/codec/primitives.js';
import {
  type Decision,
  decide,
  evolve,
  type PromotionCommand,
} from '../../../shared/promotion/decide.js';
import { initialState, type PromotionState } from '../../../shared/promotion/state.js';

const MODE = 'core_major' as Mode;

/**
 * A control message about the release of a day. Its event is that of the release: a rollback is the
 * same one.
 */
const about = (day: string) => ({
  eventId: sha256(`release of ${day}`),
  version: versionOf(day as AsOfDate, MODE),
  asOfDate: day as AsOfDate,
});

export const publish = (day: string): PromotionCommand => ({ ...about(day), intent: 'publish' });

/** The month run once more, e.g. with other flags: another event about the same release. */
export const publishAgain = (day: string): PromotionCommand => ({
  ...publish(day),
  eventId: sha256(`another run of ${day}`),
});

export const rollback = (day: string, expectedSeq?: number): PromotionCommand => ({
  ...about(day),
  intent: 'rollback',
  ...(expectedSeq === undefined ? {} : { expectedSeq: expectedSeq as PositiveInteger }),
});

export const restate = (day: string): PromotionCommand => ({ ...about(day), intent: 'restate' });

/** What a message does, and the state that it leaves behind. */
export const step = (
  state: PromotionState,
  message: PromotionCommand,
): { readonly decision: Decision; readonly state: PromotionState } => {
  const decision = decide(state, message);
  return decision.kind === 'apply'
    ? { decision, state: evolve(state, message, decision.seq, sha256(`entry ${decision.seq}`)) }
    : { decision, state };
};

export const stateAfter = (...messages: readonly PromotionCommand[]): PromotionState =>
  messages.reduce((state, message) => step(state, message).state, initialState);
