import { bySymbol, type LoadedMarket, TRADING } from './loaded-market.js';
import { THRESHOLDS } from './thresholds.js';

/** Who has the bar of the as-of day. */
export interface Coverage {
  /** The candidates of which a bar is demanded, and how many have it. */
  readonly candidates: number;
  readonly covered: number;
  /** The others, ascending. */
  readonly missing: readonly string[];
  /** Members of the previous pool without the bar although they are traded, ascending. */
  readonly missingFromPool: readonly string[];
}

/**
 * A candidate is covered by its bar of the as-of day; none is demanded of one that began later.
 * A member of the previous pool must have it, too, unless it has left the exchange: not traded any
 * more, or not even listed although it once had bars. The method drops such a member itself, and a
 * month in which a coin is delisted must be able to run. A member that neither the exchange nor
 * any bar has ever known is not excused, nor is a pool that has left as a whole.
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
  // Coins leave one by one. That all have left says that this is another market than theirs.
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

/** Enough to decide on: the whole previous pool, and nearly all candidates. */
export const isSufficient = ({ candidates, covered, missingFromPool }: Coverage): boolean =>
  missingFromPool.length === 0 &&
  (candidates === 0 || covered / candidates >= THRESHOLDS.minCoverage);
