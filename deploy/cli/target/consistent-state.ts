import { FailureError, getOrThrow, permanent } from '../../../shared/codec/failure.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { lostStateReason, publishedSequence } from '../../../shared/releases/published-sequence.js';
import type { CommandTarget } from './command-target.js';

/**
 * The promotion state. Fails with a permanent `conflict` if readers have a promotion that the state
 * does not contain: a new promotion would reuse its sequence.
 */
export const readConsistentState = async (target: CommandTarget): Promise<PromotionState> => {
  const readers = getOrThrow(await publishedSequence(target)());
  const state = getOrThrow(await readPromotionState(target.documents)());
  const loss = lostStateReason(state.head, readers);
  if (loss !== undefined)
    throw new FailureError(
      permanent(
        'conflict',
        `Promotion state was lost: ${loss}. Do not promote. See: ${target.commandLine('status')}`,
      ),
    );
  return state;
};

/** The message for a target without any promotion. */
const nothingPromotedText = ({ commandLine }: Pick<CommandTarget, 'commandLine'>): string =>
  `Nothing has been promoted yet. Run: ${commandLine('run')}`;

/** Why the ledger is empty: nothing was promoted, or readers have a promotion and it was lost. */
export const emptyLedgerReason = async (target: CommandTarget): Promise<string> => {
  const loss = lostStateReason(null, getOrThrow(await publishedSequence(target)()));
  return loss === undefined
    ? nothingPromotedText(target)
    : `The ledger is empty: ${loss}. See: ${target.commandLine('status')}`;
};

/** Throws for a command that needs the current release if there is none. */
export const throwNothingPromoted = async (target: CommandTarget): Promise<never> => {
  await readConsistentState(target);
  throw new FailureError(permanent('contract-invalid', nothingPromotedText(target)));
};

/** The promotion state of a target with a head; throws a conflict without one. */
export const requirePromotedState = async (target: CommandTarget) => {
  const { head, frontier } = await readConsistentState(target);
  if (head === null) throw new FailureError(permanent('conflict', nothingPromotedText(target)));
  return { head, frontier };
};
