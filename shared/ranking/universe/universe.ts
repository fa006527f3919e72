import type { Columns } from '../column-table.js';
import { type CrossSections, crossSections } from '../cross-section.js';
import type { FeatureSet } from '../features/feature-set.js';
import type { Panel } from '../panel.js';
import type { UniverseMode } from '../parameters.js';
import { eligibilityFlags, type LiquidDays, liquidDays } from './eligibility.js';
import { type MembershipHistory, membershipHistory, universeMask } from './membership.js';
import { scheduleDates } from './schedule.js';

/** The members of the universe on every date, and the flags that decided it. */
export interface Universe {
  readonly days: Columns<LiquidDays>;
  /** Per row, see FLAG. */
  readonly flags: Uint8Array;
  readonly history: MembershipHistory;
  readonly members: CrossSections;
}

/** Flags, monthly refreshes with confirmations, and members per date (METHOD §5). */
export const buildUniverse = (
  panel: Panel,
  features: FeatureSet,
  mode: UniverseMode,
  isEligibleByMetadata: (symbol: string) => boolean,
): Universe => {
  const days = liquidDays(panel, mode.minDailyQuoteVolume);
  const flags = eligibilityFlags(panel, features.byRow, days, mode, isEligibleByMetadata);
  const refreshes = scheduleDates(panel.calendar, 'monthly');
  const history = membershipHistory(panel, flags, refreshes, mode);
  return { days, flags, history, members: crossSections(panel, universeMask(panel, history)) };
};
