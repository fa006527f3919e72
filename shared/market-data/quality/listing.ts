import { isoDay } from '../../day.js';
import { dayOfBar } from '../bars.js';
import { type Finding, finding } from './finding.js';
import { bySymbol, type LoadedMarket, requestedSymbols, TRADING } from './loaded-market.js';
import { THRESHOLDS } from './thresholds.js';

/**
 * Symbols of the last snapshot that are no longer traded. They are not candidates and their bars
 * were not requested, so only this finding shows that the market has become smaller.
 */
const leftFindings = (market: LoadedMarket): readonly Finding[] => {
  const listed = bySymbol(market.metadata);
  const asked = new Set(requestedSymbols(market));
  return (market.before?.series ?? []).flatMap(({ symbol, last_day }) => {
    const got = listed.get(symbol)?.status;
    if (asked.has(symbol) || got === TRADING) return [];
    return [
      got === undefined
        ? finding(symbol, null, 'missing-from-exchange', { last_before: last_day })
        : finding(symbol, null, 'not-trading', { expected: TRADING, got, last_before: last_day }),
    ];
  });
};

/** Symbols whose bars do not match the exchange's metadata. */
export const listingFindings = (market: LoadedMarket): readonly Finding[] => {
  const { asOf, metadata, series, listedLater } = market;
  const listed = bySymbol(metadata);
  const loaded = bySymbol(series);
  const asked = requestedSymbols(market).flatMap((symbol) => {
    const entry = listed.get(symbol);
    const bars = loaded.get(symbol);
    const last = bars && dayOfBar(bars, -1);
    const lastBar = last === undefined ? {} : { last: isoDay(last) };
    if (entry === undefined) {
      const values = { bars: bars?.day.length ?? 0, ...lastBar };
      return [finding(symbol, null, 'missing-from-exchange', values)];
    }
    if (entry.status !== TRADING) {
      const values = { expected: TRADING, got: entry.status, ...lastBar };
      return [finding(symbol, null, 'not-trading', values)];
    }
    const later = listedLater.get(symbol);
    if (later !== undefined)
      return [finding(symbol, isoDay(later), 'listed-later', { first: isoDay(later) })];
    if (last === undefined) return [finding(symbol, null, 'no-bars', { bars: 0 })];
    return asOf - last < THRESHOLDS.haltedDays
      ? []
      : [finding(symbol, null, 'halted', { last: isoDay(last), days: asOf - last })];
  });
  return [...asked, ...leftFindings(market)];
};
