import { isoDay } from '../../shared/day.js';
import type { Ranking, UniverseCandidate } from '../../shared/ranking/ranking.js';
import type { Check } from '../../shared/ranking/universe/checks.js';

const checkText = (measured: Readonly<Record<string, number | null>>, check: Check): string =>
  `${check.rule} (${check.measure} ${measured[check.measure] ?? 'missing'}, needs ${check.minimum})`;

const reasons = ({
  metadataFailures,
  isBenchmark,
  daily,
  prefilter,
  streaks,
}: UniverseCandidate): string => {
  if (isBenchmark) return 'it is the benchmark';
  if (metadataFailures.length > 0) return metadataFailures.join(', ');
  if (daily !== null && daily.failed.length > 0)
    return daily.failed.map((check) => checkText(daily.measured, check)).join(', ');
  if (daily !== null && streaks !== null)
    return `not yet confirmed (eligible at ${streaks.eligible} refreshes in a row)`;
  if (prefilter !== null && prefilter.failed.length > 0)
    return prefilter.failed.map((check) => checkText(prefilter.measured, check)).join(', ');
  return 'no bar on the day';
};

/** Lists the universe and, for each symbol outside it, the rule that the symbol failed. */
export const explainShortage = (ranking: Ranking, poolSize: number): string => {
  const members = ranking.rows.map(({ symbol }) => symbol);
  const outside = ranking.candidates.filter(({ inUniverse }) => !inUniverse);
  return [
    `Expected at least ${poolSize} eligible symbols on ${isoDay(ranking.asOf)} in ${ranking.mode}, got ${members.length}${members.length === 0 ? '' : ` (${members.join(', ')})`}; nothing is published.`,
    ...outside.map((candidate) => `${candidate.symbol}: ${reasons(candidate)}`),
  ].join('\n');
};
