import { isoDay } from '../../day.js';
import { type Finding, finding } from './finding.js';
import { type LoadedMarket, requestedSymbols } from './loaded-market.js';

interface Rename {
  readonly from: string;
  /** The last day on which the old pair was traded. */
  readonly ended: string;
  readonly to: string;
  /** The first day on which the new pair was traded. */
  readonly began: string;
}

/**
 * Pairs that Binance Spot has continued under another ticker, one to one, after days without
 * trading. The histories are never joined: for the method the new pair is a young one.
 */
const RENAMES: readonly Rename[] = [
  { from: 'NANOUSDT', ended: '2022-01-24', to: 'XNOUSDT', began: '2022-01-28' },
  { from: 'TOMOUSDT', ended: '2023-11-20', to: 'VICUSDT', began: '2023-11-24' },
  { from: 'MATICUSDT', ended: '2024-09-10', to: 'POLUSDT', began: '2024-09-13' },
  { from: 'FTMUSDT', ended: '2025-01-13', to: 'SUSDT', began: '2025-01-16' },
];

/** Both ends of every rename up to the as-of day that one of the market's symbols was part of. */
export const renameFindings = (market: LoadedMarket): readonly Finding[] => {
  const asked = new Set(requestedSymbols(market));
  const asOf = isoDay(market.asOf);
  return RENAMES.filter(
    ({ from, to, ended }) => ended <= asOf && (asked.has(from) || asked.has(to)),
  ).flatMap(({ from, ended, to, began }) => [
    finding(from, ended, 'renamed', { to, ended, began }),
    finding(to, began, 'renamed', { from, ended, began }),
  ]);
};
