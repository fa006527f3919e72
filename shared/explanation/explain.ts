import { parseIsoDay } from '../day.js';
import type { ExplainedSymbol, Explanation } from '../evidence/explanation.js';
import type { RankingEvidence } from '../evidence/ranking.js';
import { UNIVERSE_MODES, type UniverseMode } from '../ranking/parameters.js';
import { boundaryOf } from './boundary.js';
import {
  type CandidateEvidence,
  failedRules,
  membershipStatus,
  metadataFailures,
  shortfalls,
} from './eligibility.js';
import { pendingMembership, refreshOf } from './pending-membership.js';
import { smallestRankChanges } from './rank-sensitivity.js';
import { scoresOf } from './score-contributions.js';
import { scoredUniverse } from './scored-universe.js';
import { nearestReweightings } from './weight-sensitivity.js';

type Row = RankingEvidence['universe'][number];

const explainSymbol =
  ({ weights, as_of_date }: RankingEvidence, mode: UniverseMode | undefined) =>
  (candidate: CandidateEvidence, row: Row | undefined): ExplainedSymbol => {
    const { symbol, base_asset, in_universe, daily, prefilter, streaks } = candidate;
    return {
      symbol,
      base_asset,
      selected: row?.selected ?? false,
      rank: row?.current_rank ?? null,
      standing: membershipStatus(candidate, { selected: row?.selected ?? false }),
      in_universe,
      failed_rules: failedRules(candidate),
      metadata_failures: metadataFailures(candidate.metadata_failures),
      failures: daily === null ? [] : shortfalls(daily.failed, daily.measured),
      measured: daily?.measured ?? null,
      prefilter: prefilter && {
        place: prefilter.place,
        selected: prefilter.selected,
        latest_date: prefilter.latest_date,
        failures: shortfalls(prefilter.failed, prefilter.measured),
        measured: prefilter.measured,
      },
      streaks,
      outlook: mode === undefined ? null : pendingMembership(candidate, as_of_date, mode),
      scores: row === undefined ? null : scoresOf(row, weights),
    };
  };

/**
 * Explains why each candidate is in or out of the pool and how close it was, from the evidence of a
 * ranking alone. Lists the universe in rank order, then all other candidates, ascending.
 */
export const explain = (evidence: RankingEvidence): Explanation => {
  const { universe, candidates } = evidence;
  const mode = UNIVERSE_MODES.find(({ name }) => name === evidence.mode);
  const explainOne = explainSymbol(evidence, mode);
  const candidateOf = new Map(candidates.map((one) => [one.symbol, one]));
  const ranked = new Set<string>(universe.map(({ symbol }) => symbol));
  const scored = scoredUniverse(evidence);
  return {
    schema_version: 1,
    as_of_date: evidence.as_of_date,
    mode: evidence.mode,
    regime: evidence.regime,
    regime_confidence: evidence.regime_confidence,
    weights: evidence.weights,
    pool: universe.filter(({ selected }) => selected).map(({ symbol }) => symbol),
    boundary: boundaryOf(evidence),
    confirmations: mode ? { entry: mode.entryConfirmations, exit: mode.exitConfirmations } : null,
    refresh: refreshOf(parseIsoDay(evidence.as_of_date)),
    symbols: [
      ...universe.flatMap((row) => {
        const candidate = candidateOf.get(row.symbol);
        return candidate === undefined ? [] : [explainOne(candidate, row)];
      }),
      ...candidates
        .filter(({ symbol }) => !ranked.has(symbol))
        .map((candidate) => explainOne(candidate, undefined)),
    ],
    sensitivity: { moves: smallestRankChanges(scored), weights: nearestReweightings(scored) },
    leveraged_rule_differences: evidence.leveraged_rule_differences,
  };
};
