import { bySymbol } from './panel.js';

/** Larger numbers first, missing (NaN) last. */
export const descending = (a: number, b: number): number => {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return b - a;
};

/** What decides the place of a symbol, the most important first; missing is NaN. */
export interface RankKey {
  readonly finalScore: number;
  readonly confidence: number;
  readonly liquidityStability: number;
  readonly averageQuoteVolume180: number;
  readonly symbol: string;
}

/** The total order of the ranking (METHOD §10): equal only for the same symbol. */
export const byRank = (a: RankKey, b: RankKey): number =>
  descending(a.finalScore, b.finalScore) ||
  descending(a.confidence, b.confidence) ||
  descending(a.liquidityStability, b.liquidityStability) ||
  descending(a.averageQuoteVolume180, b.averageQuoteVolume180) ||
  bySymbol(a, b);
