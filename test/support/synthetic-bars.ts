import type { BarSeries, SymbolMetadata } from '../../shared/market-data/bars.js';

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

interface Walk {
  readonly symbol: string;
  /** Days since 1970-01-01 UTC. */
  readonly first: number;
  readonly length: number;
  readonly seed: number;
  /** The quote volume around which the days scatter. */
  readonly quoteVolume?: number;
  /** Positions without a bar. */
  readonly gaps?: readonly number[];
}

/** A random walk of prices with volumes around a level. */
export const randomWalk = (walk: Walk): BarSeries => {
  const random = seededRandom(walk.seed);
  const kept = Array.from({ length: walk.length }, (_, i) => i).filter(
    (i) => !walk.gaps?.includes(i),
  );
  const size = kept.length;
  const close = new Float64Array(size);
  const open = new Float64Array(size);
  const high = new Float64Array(size);
  const low = new Float64Array(size);
  const quoteVolume = new Float64Array(size);
  let price = 50 + 100 * random();
  for (let t = 0; t < size; t += 1) {
    open[t] = price;
    price *= Math.exp((random() - 0.495) * 0.1);
    close[t] = price;
    high[t] = Math.max(open[t] ?? 0, price) * (1 + 0.02 * random());
    low[t] = Math.min(open[t] ?? 0, price) * (1 - 0.02 * random());
    quoteVolume[t] = (walk.quoteVolume ?? 1e8) * (0.6 + 0.8 * random());
  }
  return {
    symbol: walk.symbol,
    day: Int32Array.from(kept, (i) => walk.first + i),
    open,
    high,
    low,
    close,
    volume: quoteVolume.map((volume, t) => volume / (close[t] ?? 1)),
    quoteVolume,
  };
};

/** What the exchange says about an ordinary pair quoted in USDT. */
export const tradingPair = (
  symbol: string,
  change: Partial<SymbolMetadata> = {},
): SymbolMetadata => ({
  symbol,
  status: 'TRADING',
  baseAsset: symbol.slice(0, -'USDT'.length),
  quoteAsset: 'USDT',
  isSpotTradingAllowed: true,
  permissions: 'SPOT',
  ...change,
});
