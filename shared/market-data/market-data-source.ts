import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import type { EpochDay } from '../day.js';
import type { BarSeries, DayRange, SymbolMetadata } from './bars.js';

/**
 * Where metadata and closed daily bars come from. How a source gets them (pages, retries, a cache
 * of its own) and whom it tells about its progress is settled where it is made, not here.
 */
export interface MarketDataSource {
  /** Names the source in evidence and logs; the same on every machine. */
  readonly id: string;
  /** The answers change with time: asked again later, a live source may say something else. */
  readonly live: boolean;
  /** The market is made up; no pool made from it is for trading. */
  readonly synthetic: boolean;
  /** Every symbol that the source knows, each once, ascending by symbol. */
  readonly metadata: () => TaskEither<Failure, readonly SymbolMetadata[]>;
  /**
   * Those of `eligible` (ascending symbols) that are worth loading on that day, ascending; a source
   * that has everything at hand answers all.
   */
  readonly candidates: (
    eligible: readonly string[],
    asOf: EpochDay,
  ) => TaskEither<Failure, readonly string[]>;
  /**
   * The closed bars of `symbols` in `range`, ascending by symbol. A symbol that has none there is
   * absent; one that could not be read fails the whole answer, so that no universe shrinks
   * silently. Every series keeps the rules of `invalidBars`.
   */
  readonly bars: (
    symbols: readonly string[],
    range: DayRange,
  ) => TaskEither<Failure, readonly BarSeries[]>;
}
