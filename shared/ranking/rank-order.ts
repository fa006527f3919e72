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

/** The numeric keys in order of precedence; the symbol breaks remaining ties. */
const RANK_NUMBERS = [
  'finalScore',
  'confidence',
  'liquidityStability',
  'averageQuoteVolume180',
] as const satisfies readonly (keyof RankKey)[];

/** The total order of the ranking (METHOD §10): equal only for the same symbol. */
export const byRank = (a: RankKey, b: RankKey): number => {
  for (const key of RANK_NUMBERS) {
    const difference = descending(a[key], b[key]);
    if (difference !== 0) return difference;
  }
  return bySymbol(a, b);
};
