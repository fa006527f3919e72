import type { EpochDay } from '../../day.js';
import type { BarSeries, SymbolMetadata } from '../bars.js';
import type { SnapshotManifest } from '../snapshot-manifest.js';

/** Everything that the gate judges: what was asked for, what came, and what was there before. */
export interface LoadedMarket {
  readonly asOf: EpochDay;
  /** The last day that had closed when the run was asked for. */
  readonly lastClosed: EpochDay;
  readonly benchmark: string;
  readonly previousPool: readonly string[];
  /** The symbols that a pool may be chosen from. */
  readonly candidates: readonly string[];
  readonly metadata: readonly SymbolMetadata[];
  readonly series: readonly BarSeries[];
  /** Candidates without a bar up to the as-of day that have one later, and when the first one is. */
  readonly listedLater: ReadonlyMap<string, EpochDay>;
  /** The last sealed snapshot of an earlier as-of day, if there is one. */
  readonly before: SnapshotManifest | undefined;
}

/** Every symbol that bars were asked of, once, ascending. */
export const requestedSymbols = ({
  benchmark,
  previousPool,
  candidates,
}: Pick<LoadedMarket, 'benchmark' | 'previousPool' | 'candidates'>): readonly string[] =>
  [...new Set([benchmark, ...previousPool, ...candidates])].sort();

export const bySymbol = <A extends { readonly symbol: string }>(
  all: readonly A[],
): ReadonlyMap<string, A> => new Map(all.map((one) => [one.symbol, one]));

/** What the exchange calls a pair that can be traded. */
export const TRADING = 'TRADING';
