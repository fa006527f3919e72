import { type EpochDay, endOfMonth, isoDay, parseIsoDay } from '../day.js';
import type { ExplainedSymbol, Explanation } from '../evidence/explanation.js';
import type { UniverseMode } from '../ranking/parameters.js';
import type { CandidateEvidence } from './eligibility.js';

/**
 * The next refresh of the universe. An as-of day within a month is a provisional refresh: later
 * builds use the month's last day in its place (METHOD §5.3).
 */
export const refreshOf = (asOf: EpochDay): Explanation['refresh'] => {
  const provisional = asOf !== endOfMonth(asOf);
  return { provisional, next: isoDay(endOfMonth(asOf, provisional ? 0 : 1)) };
};

/**
 * The change of membership if the current streak continues (METHOD §5.4), which takes one month per
 * missing confirmation. Null if no change is pending.
 */
export const pendingMembership = (
  { in_universe, daily, streaks }: CandidateEvidence,
  asOfDate: string,
  { entryConfirmations, exitConfirmations }: UniverseMode,
): ExplainedSymbol['outlook'] => {
  if (daily === null || streaks === null || daily.eligible === in_universe) return null;
  const missing = in_universe
    ? exitConfirmations - streaks.ineligible
    : entryConfirmations - streaks.eligible;
  return {
    change: in_universe ? 'leaves' : 'enters',
    earliest: isoDay(endOfMonth(parseIsoDay(asOfDate), missing)),
    confirmations_missing: missing,
  };
};
