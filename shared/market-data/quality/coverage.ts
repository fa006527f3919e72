import { bySymbol, type LoadedMarket, TRADING } from './loaded-market.js';
import { THRESHOLDS } from './thresholds.js';

/** The candidates and pool members with and without a bar of the as-of day. */
export interface Coverage {
  /** The number of candidates that must have the bar, and of candidates that have it. */
  readonly candidates: number;
  readonly covered: number;
  /** The others, ascending. */
  readonly missing: readonly string[];
  /** Members of the previous pool without the bar although they are traded, ascending. */
  readonly missingFromPool: readonly string[];
}

/**
 * A candidate must have a bar of the as-of day, unless its bars begin later. A member of the
 * previous pool must have one too, unless it has left the exchange: it is no longer traded, or no
 * longer listed although it once had bars. The method drops such a member itself, and a delisting
 * must not stop the month. There is no exception for a member that is unknown to the exchange and
 * has no bars, nor for a pool that has left as a whole.
 */
export const coverageOf = (market: LoadedMarket): Coverage => {
  const { asOf, metadata, series, previousPool, before, listedLater } = market;
  const listed = bySymbol(metadata);
  const loaded = bySymbol(series);
  const earlier = bySymbol(before?.series ?? []);
  const hasBar = (symbol: string): boolean => loaded.get(symbol)?.day.at(-1) === asOf;
  const hasLeft = (symbol: string): boolean => {
    const entry = listed.get(symbol);
    return entry === undefined
      ? loaded.has(symbol) || earlier.has(symbol)
      : entry.status !== TRADING;
  };

  const absent = [...new Set(previousPool)].filter((symbol) => !hasBar(symbol)).sort();
  // Coins are delisted one by one. If all are missing, this is the wrong market.
  const isOtherMarket =
    absent.length > 1 && absent.length === new Set(previousPool).size && absent.every(hasLeft);
  const required = [...new Set(market.candidates)].filter((symbol) => !listedLater.has(symbol));
  const missing = required.filter((symbol) => !hasBar(symbol)).sort();
  return {
    candidates: required.length,
    covered: required.length - missing.length,
    missing,
    missingFromPool: absent.filter((symbol) => isOtherMarket || !hasLeft(symbol)),
  };
};

/** Whether coverage is sufficient: the whole previous pool, and nearly all candidates. */
export const isSufficient = ({ candidates, covered, missingFromPool }: Coverage): boolean =>
  missingFromPool.length === 0 &&
  (candidates === 0 || covered / candidates >= THRESHOLDS.minCoverage);
