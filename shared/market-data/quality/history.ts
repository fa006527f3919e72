import { isoDay } from '../../day.js';
import { dayOfBar } from '../bars.js';
import { type Finding, finding } from './finding.js';
import { bySymbol, type LoadedMarket, requestedSymbols } from './loaded-market.js';

/** Symbols that had more bars, or earlier ones, when the last snapshot was sealed. */
export const historyFindings = (market: LoadedMarket): readonly Finding[] => {
  if (market.before === undefined) return [];
  const earlier = bySymbol(market.before.series);
  const loaded = bySymbol(market.series);
  return requestedSymbols(market).flatMap((symbol) => {
    const before = earlier.get(symbol);
    if (before === undefined) return [];
    const found = loaded.get(symbol);
    const bars = found?.day.length ?? 0;
    const firstDay = found && dayOfBar(found, 0);
    const first = firstDay === undefined ? undefined : isoDay(firstDay);
    const shorter = bars < before.rows || first === undefined || first > before.first_day;
    if (!shorter) return [];
    return [
      finding(symbol, null, 'shorter-history', {
        bars,
        bars_before: before.rows,
        ...(first === undefined ? {} : { first }),
        first_before: before.first_day,
      }),
    ];
  });
};
