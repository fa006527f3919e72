import * as E from 'fp-ts/lib/Either.js';
import { type Failure, permanent, transient } from '../../codec/failure.js';
import { isoDay } from '../../day.js';
import { dayOfBar } from '../bars.js';
import type { MarketDataSource } from '../market-data-source.js';
import { type Coverage, coverageOf, isSufficient } from './coverage.js';
import type { Finding } from './finding.js';
import { inspect } from './inspect.js';
import { type LoadedMarket, TRADING } from './loaded-market.js';
import { THRESHOLDS } from './thresholds.js';

/** A market that passed the gate, with the findings. */
export interface Inspection {
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
}

type Source = Pick<MarketDataSource, 'id' | 'live'>;

const FINDINGS_SHOWN = 3;
const NAMES_SHOWN = 20;

/** A live source may have the bars tomorrow; a folder of files does not change. */
const incomplete = (source: Source, message: string, context = {}): Failure =>
  (source.live ? transient : permanent)('upstream-incomplete', `${source.id}: ${message}`, {
    context,
  });

const sentence = ({ symbol, date, rule, values }: Finding): string =>
  `${symbol} ${date ?? ''}, ${rule}, ${values.field}: expected ${values.expected}, got ${values.got}`;

/** An invalid bar is never repaired or removed: without it the market would be a different one. */
const rejectInvalidBars = (
  { id }: Source,
  findings: readonly Finding[],
): E.Either<Failure, readonly Finding[]> => {
  const broken = findings.filter(({ severity }) => severity === 'refuse');
  if (broken.length === 0) return E.right(findings);
  const rest = broken.length - FINDINGS_SHOWN;
  const shown = broken.slice(0, FINDINGS_SHOWN).map(sentence).join('; ');
  const message = `${id}: bars that break a rule, ${broken.length} in all, and nothing is sealed: ${shown}`;
  return E.left(
    permanent('malformed-input', rest > 0 ? `${message}; and ${rest} more` : message, {
      context: { refusing_findings: broken.length },
    }),
  );
};

/**
 * During maintenance an exchange lists its pairs as halted, or none at all. Without this check
 * there would be hardly any candidates, and the whole previous pool would count as delisted. The
 * benchmark is never halted alone.
 */
const requireOpenExchange = (
  source: Source,
  { benchmark, metadata }: LoadedMarket,
): E.Either<Failure, void> => {
  const status = metadata.find(({ symbol }) => symbol === benchmark)?.status;
  if (!source.live || status === TRADING) return E.right(undefined);
  const got = status === undefined ? 'it is not listed' : `its status is ${status}`;
  return E.left(
    incomplete(
      source,
      `expected the exchange to be open, with ${benchmark} ${TRADING}, but ${got}; what it says of the other pairs cannot be relied on`,
    ),
  );
};

/**
 * Without the benchmark's closed bar there is no as-of day; an earlier one is never used instead.
 */
const requireBenchmark = (
  source: Source,
  { asOf, benchmark, series }: LoadedMarket,
): E.Either<Failure, void> => {
  const found = series.find(({ symbol }) => symbol === benchmark);
  const last = found && dayOfBar(found, -1);
  if (last === asOf) return E.right(undefined);
  const newest = last === undefined ? 'none at all' : `its newest is of ${isoDay(last)}`;
  const message = `expected a closed ${benchmark} bar of ${isoDay(asOf)}, but ${newest}`;
  return E.left(incomplete(source, message));
};

const names = (missing: readonly string[]): string => {
  const rest = missing.length - NAMES_SHOWN;
  const shown = missing.slice(0, NAMES_SHOWN).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
};

const requireCoverage = (
  source: Source,
  market: LoadedMarket,
  coverage: Coverage,
): E.Either<Failure, Coverage> => {
  if (isSufficient(coverage)) return E.right(coverage);
  const { candidates, covered, missing, missingFromPool } = coverage;
  const complaints = [
    missingFromPool.length > 0 &&
      `the pool lacks ${missingFromPool.length} (${names(missingFromPool)})`,
    missing.length > 0 &&
      `${missing.length} of ${candidates} candidates lack it (${names(missing)})`,
  ].filter((complaint) => complaint !== false);
  const advice =
    missingFromPool.length > 0
      ? '. A member that is gone for good is left out by naming previous_pool (run --previous-pool)'
      : '';
  const share = 100 * THRESHOLDS.minCoverage;
  return E.left(
    incomplete(
      source,
      `expected the bar of ${isoDay(market.asOf)} of the whole previous pool and of at least ${share} % of the candidates, but ${complaints.join('; ')}${advice}`,
      { candidates, covered, missing_from_pool: missingFromPool.length },
    ),
  );
};

/**
 * Accepts a market for sealing, or returns why not: an invalid bar, a live exchange in maintenance,
 * no bar of the benchmark on the as-of day, or too few bars of that day among the others. It never
 * changes the market.
 */
export const checkQuality = (
  source: Source,
  market: LoadedMarket,
): E.Either<Failure, Inspection> => {
  const findings = rejectInvalidBars(source, inspect(market));
  if (E.isLeft(findings)) return findings;
  const open = requireOpenExchange(source, market);
  if (E.isLeft(open)) return open;
  const benchmark = requireBenchmark(source, market);
  if (E.isLeft(benchmark)) return benchmark;
  const coverage = requireCoverage(source, market, coverageOf(market));
  if (E.isLeft(coverage)) return coverage;
  return E.right({ findings: findings.right, coverage: coverage.right });
};
