import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import type { EpochDay } from '../day.js';
import type { BarSeries, DayRange, SymbolMetadata } from './bars.js';

/**
 * A source of metadata and closed daily bars. Paging, retries, caching and progress reports are
 * configured where a source is created, not here.
 */
export interface MarketDataSource {
  /** The source's name in evidence and logs; the same on every machine. */
  readonly id: string;
  /** Whether results change over time: a live source may return something else later. */
  readonly live: boolean;
  /** Whether the market is made up, so that its pools are not for trading. */
  readonly synthetic: boolean;
  /** Every symbol that the source knows, each once, ascending by symbol. */
  readonly metadata: () => TaskEither<Failure, readonly SymbolMetadata[]>;
  /**
   * The symbols of `eligible` (ascending) that are worth loading on that day, ascending; a source
   * that has all data locally returns all.
   */
  readonly candidates: (
    eligible: readonly string[],
    asOf: EpochDay,
  ) => TaskEither<Failure, readonly string[]>;
  /**
   * The closed bars of `symbols` in `range`, ascending by symbol. A symbol that has none there is
   * absent; one that could not be read fails the whole call, so that no universe shrinks
   * silently. Every series satisfies `invalidBars`.
   */
  readonly bars: (
    symbols: readonly string[],
    range: DayRange,
  ) => TaskEither<Failure, readonly BarSeries[]>;
}
