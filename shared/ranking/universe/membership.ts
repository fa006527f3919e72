import { byteAt, intAt } from '../../typed-arrays.js';
import { calendarPosition, symbolIndex } from '../../units.js';
import { type Panel, rowOf } from '../panel.js';
import type { UniverseMode } from '../parameters.js';
import { CANDIDATE_ELIGIBLE } from './eligibility.js';

/** The result of every refresh: tables of refreshes × symbols, symbols adjacent. */
export interface MembershipHistory {
  /** The refresh dates, as positions in the calendar. */
  readonly refreshes: Int32Array;
  /** 1 where the symbol has a bar on the refresh date. */
  readonly present: Uint8Array;
  /** 1 where it is also eligible as a candidate. */
  readonly eligible: Uint8Array;
  /** Consecutive refreshes, this one included, at which it was (not) eligible. */
  readonly eligibleStreak: Int32Array;
  readonly ineligibleStreak: Int32Array;
  /** 1 where it belongs to the universe until the next refresh. */
  readonly active: Uint8Array;
}

/**
 * The members of the universe after each refresh (METHOD §5.4): a name enters at its n-th
 * consecutive eligible refresh and leaves at the n-th consecutive ineligible one.
 */
export const membershipHistory = (
  panel: Panel,
  flags: Uint8Array,
  refreshes: Int32Array,
  { entryConfirmations, exitConfirmations }: UniverseMode,
): MembershipHistory => {
  const width = panel.symbols.length;
  const size = refreshes.length * width;
  const history: MembershipHistory = {
    refreshes,
    present: new Uint8Array(size),
    eligible: new Uint8Array(size),
    eligibleStreak: new Int32Array(size),
    ineligibleStreak: new Int32Array(size),
    active: new Uint8Array(size),
  };
  const { present, eligible, eligibleStreak, ineligibleStreak, active } = history;
  for (let r = 0; r < refreshes.length; r += 1) {
    for (let s = 0; s < width; s += 1) {
      const at = r * width + s;
      const before = at - width;
      const row = rowOf(panel, symbolIndex(s), calendarPosition(intAt(refreshes, r)));
      const isEligible = row !== undefined && flags[row] === CANDIDATE_ELIGIBLE;
      const wasActive = r > 0 && active[before] === 1;
      present[at] = row === undefined ? 0 : 1;
      eligible[at] = isEligible ? 1 : 0;
      eligibleStreak[at] = isEligible ? (r > 0 ? intAt(eligibleStreak, before) : 0) + 1 : 0;
      ineligibleStreak[at] = isEligible ? 0 : (r > 0 ? intAt(ineligibleStreak, before) : 0) + 1;
      const enters = isEligible && intAt(eligibleStreak, at) >= entryConfirmations;
      const stays = wasActive && intAt(ineligibleStreak, at) < exitConfirmations;
      active[at] = enters || stays ? 1 : 0;
    }
  }
  return history;
};

/**
 * Per row, 1 if its symbol is in the universe on its date: active at the latest refresh up to it.
 */
export const universeMask = (panel: Panel, history: MembershipHistory): Uint8Array => {
  const mask = new Uint8Array(panel.dateOfRow.length);
  const width = panel.symbols.length;
  const { refreshes, active } = history;
  for (let s = 0; s < width; s += 1) {
    let r = -1;
    for (let row = intAt(panel.offsets, s); row < intAt(panel.offsets, s + 1); row += 1) {
      const date = intAt(panel.dateOfRow, row);
      while (r + 1 < refreshes.length && intAt(refreshes, r + 1) <= date) r += 1;
      if (r >= 0) mask[row] = byteAt(active, r * width + s);
    }
  }
  return mask;
};
