import type { EpochDay } from '../../day.js';
import type { BarSeries, SymbolMetadata } from '../bars.js';
import type { SnapshotManifest } from '../snapshot-manifest.js';

/** The input of the gate: the request, the loaded market, and the previous snapshot. */
export interface LoadedMarket {
  readonly asOf: EpochDay;
  /** The last day that had closed when the run was requested. */
  readonly lastClosed: EpochDay;
  readonly benchmark: string;
  readonly previousPool: readonly string[];
  /** The symbols that a pool may be chosen from. */
  readonly candidates: readonly string[];
  readonly metadata: readonly SymbolMetadata[];
  readonly series: readonly BarSeries[];
  /**
   * Candidates without a bar up to the as-of day that have one later, and when the first one is.
   */
  readonly listedLater: ReadonlyMap<string, EpochDay>;
  /** The last sealed snapshot of an earlier as-of day, if there is one. */
  readonly before: SnapshotManifest | undefined;
}

/** Every symbol whose bars were requested, once, ascending. */
export const requestedSymbols = ({
  benchmark,
  previousPool,
  candidates,
}: Pick<LoadedMarket, 'benchmark' | 'previousPool' | 'candidates'>): readonly string[] =>
  [...new Set([benchmark, ...previousPool, ...candidates])].sort();

export const bySymbol = <A extends { readonly symbol: string }>(
  all: readonly A[],
): ReadonlyMap<string, A> => new Map(all.map((one) => [one.symbol, one]));

/** The exchange's status of a pair that can be traded. */
export const TRADING = 'TRADING';
