import { FailureError, getOrThrow, permanent } from '../../../shared/codec/failure.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { lostStateReason, publishedSequence } from '../../../shared/releases/published-sequence.js';
import type { CommandTarget } from './command-target.js';

/**
 * The promotion state. Where readers have a promotion that it does not know it fails with a permanent
 * `conflict`: whoever went on from there would promote over it.
 */
export const readConsistentState = async (target: CommandTarget): Promise<PromotionState> => {
  const readers = getOrThrow(await publishedSequence(target)());
  const state = getOrThrow(await readPromotionState(target.documents)());
  const loss = lostStateReason(state.head, readers);
  if (loss !== undefined)
    throw new FailureError(
      permanent('conflict', `Something is lost: ${loss}. See: ${target.commandLine('status')}`),
    );
  return state;
};

/** What is said where there is no head, and nobody has lost one. */
const nothingPromotedText = ({ commandLine }: Pick<CommandTarget, 'commandLine'>): string =>
  `Nothing has been promoted yet. Run: ${commandLine('run')}`;

/** Why the ledger has no entry: nothing was promoted, or what readers have tells of a loss. */
export const emptyLedgerReason = async (target: CommandTarget): Promise<string> => {
  const loss = lostStateReason(null, getOrThrow(await publishedSequence(target)()));
  return loss === undefined
    ? nothingPromotedText(target)
    : `The ledger is empty: ${loss}. See: ${target.commandLine('status')}`;
};

/** For whoever wants to look at the current release where there is none. */
export const throwNothingPromoted = async (target: CommandTarget): Promise<never> => {
  await readConsistentState(target);
  throw new FailureError(permanent('contract-invalid', nothingPromotedText(target)));
};

/** The state that somebody wants to lead back from; without a head there is nothing of the kind. */
export const requirePromotedState = async (target: CommandTarget) => {
  const { head, frontier } = await readConsistentState(target);
  if (head === null) throw new FailureError(permanent('conflict', nothingPromotedText(target)));
  return { head, frontier };
};
