import { earliest } from '../../day.js';
import { bySymbolAndDay, type Finding } from './finding.js';
import { gaps, zeroVolumeDays } from './gaps.js';
import { historyFindings } from './history.js';
import { invalidBarFindings } from './invalid-bars.js';
import { listingFindings } from './listing.js';
import type { LoadedMarket } from './loaded-market.js';
import { largePriceMoves } from './price-moves.js';
import { renameFindings } from './renames.js';

/**
 * All findings about a market in a total order, independent of the order of its symbols and series.
 * For a market that must not be sealed only the reasons are returned, because gaps and moves are
 * meaningless among invalid bars. Nothing is removed from the market.
 */
export const inspect = (market: LoadedMarket): readonly Finding[] => {
  const { series, asOf, lastClosed } = market;
  const lastDay = earliest(asOf, lastClosed);
  const broken = series.flatMap((one) => invalidBarFindings(one, lastDay));
  const findings =
    broken.length > 0
      ? broken
      : [
          ...series.flatMap((one) => [
            ...gaps(one),
            ...zeroVolumeDays(one),
            ...largePriceMoves(one),
          ]),
          ...listingFindings(market),
          ...renameFindings(market),
          ...historyFindings(market),
        ];
  return [...findings].sort(bySymbolAndDay);
};
