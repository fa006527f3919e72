import { snakeCaseKeys } from '../codec/snake-case-keys.js';
import { isoDay } from '../day.js';
import type { RankedSymbol, Ranking, UniverseCandidate } from './ranking.js';
import type { RegimePoint } from './regime-history.js';

// What the evidence names otherwise than the ranking, apart from the case of letters.

const universeRow = ({ rank, schemes, averageQuoteVolume180, ...row }: RankedSymbol) => ({
  ...row,
  currentRank: rank,
  ruleSchemes: schemes,
  avg_quote_vol_180: averageQuoteVolume180,
});

const prefilterEntry = ({
  latestDay,
  ...prefilter
}: NonNullable<UniverseCandidate['prefilter']>) => ({
  ...prefilter,
  latestDate: isoDay(latestDay),
});

const candidateEntry = ({ prefilter, ...candidate }: UniverseCandidate) => ({
  ...candidate,
  prefilter: prefilter && prefilterEntry(prefilter),
});

const modelEntry = ({ window, linear, tree, ...model }: Ranking['model']) => ({
  ...model,
  trainingStart: isoDay(window.first),
  trainingEnd: isoDay(window.last),
  linearBackend: linear,
  treeBackend: tree,
});

const regimePoint = ({ day, ...point }: RegimePoint) => ({ ...point, date: isoDay(day) });

/**
 * The evidence of a ranking. Its codec is the list of its fields: the caller must validate with it,
 * which rejects a field that is missing or that the codec does not have.
 */
export const rankingEvidence = ({
  asOf,
  rows,
  candidates,
  model,
  regimeHistory,
  ...ranking
}: Ranking): unknown =>
  snakeCaseKeys({
    ...ranking,
    schemaVersion: 1,
    asOfDate: isoDay(asOf),
    universe: rows.map(universeRow),
    candidates: candidates.map(candidateEntry),
    model: modelEntry(model),
    regimeHistory: regimeHistory?.map(regimePoint),
  });
