import { isoDay } from '../../day.js';
import { bySymbolAndDay, type Finding, RULES } from './finding.js';
import type { Inspection } from './gate.js';
import { type LoadedMarket, requestedSymbols } from './loaded-market.js';
import { THRESHOLDS } from './thresholds.js';

/** The number of findings per rule, for every rule. */
const countsOf = (findings: readonly Finding[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = Object.fromEntries(
    Object.keys(RULES).map((rule) => [rule, 0]),
  );
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
};

// A finding about the whole symbol counts as of today.
const newestFirst = (a: Finding, b: Finding): number => {
  const [dayA, dayB] = [a.date ?? '9999', b.date ?? '9999'];
  return dayA < dayB ? 1 : dayA > dayB ? -1 : bySymbolAndDay(a, b);
};

/** The report of a market that has passed; the caller must validate it with the codec. */
export const qualityReport = (
  source: string,
  market: LoadedMarket,
  { findings, coverage }: Inspection,
): unknown => {
  const listed = [...findings]
    .sort(newestFirst)
    .slice(0, THRESHOLDS.findingsListed)
    .sort(bySymbolAndDay);
  return {
    schema_version: 1,
    as_of_date: isoDay(market.asOf),
    source,
    compared_with: market.before?.as_of_date ?? null,
    checked: {
      symbols: requestedSymbols(market).length,
      bars: market.series.reduce((sum, { day }) => sum + day.length, 0),
      candidates: coverage.candidates,
      covered: coverage.covered,
    },
    counts: countsOf(findings),
    findings: listed,
    findings_not_listed: findings.length - listed.length,
  };
};

/** The rules with findings, for the log. */
export const ruleCounts = ({
  findings,
  coverage,
}: Inspection): Readonly<Record<string, number>> => ({
  candidates: coverage.candidates,
  covered: coverage.covered,
  ...Object.fromEntries(Object.entries(countsOf(findings)).filter(([, count]) => count > 0)),
});
