import { FailureError, permanent } from '../../../shared/codec/failure.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { lossOf, readersSequence } from '../../../shared/releases/published-sequence.js';
import { unwrap } from '../context.js';
import type { Desk } from './command-target.js';

/**
 * The promotion state. Where readers have a promotion that it does not know it fails with a permanent
 * `conflict`: whoever went on from there would promote over it.
 */
export const stateOf = async (desk: Desk): Promise<PromotionState> => {
  const readers = unwrap(await readersSequence(desk)());
  const state = unwrap(await readPromotionState(desk.documents)());
  const loss = lossOf(state.head, readers);
  if (loss !== undefined)
    throw new FailureError(
      permanent('conflict', `Something is lost: ${loss}. See: ${desk.command('status')}`),
    );
  return state;
};

/** What is said where there is no head, and nobody has lost one. */
const nothingYet = ({ command }: Pick<Desk, 'command'>): string =>
  `Nothing has been promoted yet. Run: ${command('run')}`;

/** Why the ledger has no entry: nothing was promoted, or what readers have tells of a loss. */
export const whyEmpty = async (desk: Desk): Promise<string> => {
  const loss = lossOf(null, unwrap(await readersSequence(desk)()));
  return loss === undefined
    ? nothingYet(desk)
    : `The ledger is empty: ${loss}. See: ${desk.command('status')}`;
};

/** For whoever wants to look at the current release where there is none. */
export const refuseNothing = async (desk: Desk): Promise<never> => {
  await stateOf(desk);
  throw new FailureError(permanent('contract-invalid', nothingYet(desk)));
};

/** The state that somebody wants to lead back from; without a head there is nothing of the kind. */
export const promotedState = async (desk: Desk) => {
  const { head, frontier } = await stateOf(desk);
  if (head === null) throw new FailureError(permanent('conflict', nothingYet(desk)));
  return { head, frontier };
};
