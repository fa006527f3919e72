import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../codec/failure.js';
import { sha256 } from '../../codec/hash.js';
import { timestampOf } from '../../codec/primitives.js';
import { type EpochDay, isoDay } from '../../day.js';
import { STORED_BARS, storedBarsKey, symbolOfStoredBars } from '../../object-keys.js';
import type { Clock } from '../../ports/clock.js';
import type { Generation, ObjectStore } from '../../ports/object-store.js';
import { CONTENT_TYPES } from '../../ports/write-once.js';
import { type BarSeries, type DayRange, dayOfBar, emptySeries } from '../bars.js';
import {
  type BarStoreContent,
  CHECKSUM,
  decodeStoredBars,
  encodeStoredBars,
} from './bar-store-codec.js';
import { recordCorrection } from './corrections.js';
import { addRange, type DayRanges } from './day-ranges.js';
import { type BarChange, mergeBars } from './merge-bars.js';

/** The stored bars of one symbol, as read. */
export interface StoredBars extends BarStoreContent {
  readonly generation: Generation;
}

/** Bars that are newer than the stored ones; they are complete for the days in `range`. */
export interface NewerBars {
  readonly range: DayRange;
  readonly series: BarSeries;
}

/** An event about the stored bars that operators should see. */
export type BarStoreEvent =
  /** The object is damaged; its bars are fetched again. */
  | { readonly kind: 'damaged'; readonly key: string; readonly reason: string }
  | { readonly kind: 'corrected'; readonly symbol: string; readonly change: BarChange };

export interface Added {
  readonly series: BarSeries;
  readonly added: number;
  readonly corrections: number;
}

export interface BarStore {
  /** Reads the stored bars; empty if there are none or if the object is damaged. */
  readonly read: (symbol: string) => TE.TaskEither<Failure, StoredBars>;
  /**
   * Merges newer bars into the bars that were read, all or nothing. `conflict` means that another
   * process has changed the object since it was read, and nothing was added.
   */
  readonly add: (
    kept: StoredBars,
    newer: readonly NewerBars[],
  ) => TE.TaskEither<Failure, Added | 'conflict'>;
}

export interface BarStoreOptions {
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly onEvent?: (event: BarStoreEvent) => void;
}

/** The day of the last bar, from the metadata without reading the object. */
const LAST_DAY = 'last_day';

const lastDayOf = (series: BarSeries): Readonly<Record<string, string>> => {
  const last = dayOfBar(series, -1);
  return last === undefined ? {} : { [LAST_DAY]: isoDay(last) };
};

/** The symbols with stored bars of `day` or later. */
export const storedSymbols = (
  objects: ObjectStore,
  day: EpochDay,
): TE.TaskEither<Failure, ReadonlySet<string>> =>
  pipe(
    objects.list(STORED_BARS),
    TE.map(
      (found) =>
        new Set(
          found
            .filter(({ metadata }) => (metadata[LAST_DAY] ?? '') >= isoDay(day))
            .map(({ key }) => symbolOfStoredBars(key)),
        ),
    ),
  );

interface Merged extends Added {
  readonly covered: DayRanges;
  readonly changed: readonly BarChange[];
}

const mergeAll = (kept: StoredBars, newer: readonly NewerBars[]): Merged =>
  newer.reduce<Merged>(
    (merged, { range, series }) => {
      const next = mergeBars(merged.series, series);
      return {
        series: next.series,
        covered: addRange(merged.covered, range),
        changed: [...merged.changed, ...next.changed],
        added: merged.added + next.added,
        corrections: merged.corrections + next.changed.length,
      };
    },
    { series: kept.series, covered: kept.covered, changed: [], added: 0, corrections: 0 },
  );

const sameDays = (a: DayRanges, b: DayRanges): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Stores an exchange's bars between runs: one object per symbol, verified on read. */
export const barStore = ({
  objects,
  clock,
  onEvent = () => undefined,
}: BarStoreOptions): BarStore => ({
  read: (symbol) => {
    const nothing = (generation: Generation): StoredBars => ({
      series: emptySeries(symbol, 0),
      covered: [],
      generation,
    });
    const key = storedBarsKey(symbol);
    return pipe(
      objects.read(key),
      TE.map(
        O.match(
          () => nothing(0),
          ({ bytes, generation, metadata }) =>
            pipe(
              decodeStoredBars(symbol, bytes, metadata[CHECKSUM]),
              E.match(
                (reason) => {
                  onEvent({ kind: 'damaged', key, reason });
                  return nothing(generation);
                },
                (content): StoredBars => ({ ...content, generation }),
              ),
            ),
        ),
      ),
    );
  },

  add: (kept, newer) => {
    const { series, covered, changed, added, corrections } = mergeAll(kept, newer);
    const result: Added = { series, added, corrections };
    if (added === 0 && changed.length === 0 && sameDays(covered, kept.covered))
      return TE.right(result);
    const { symbol } = kept.series;
    const bytes = encodeStoredBars({ series, covered });
    return pipe(
      changed,
      TE.traverseSeqArray(recordCorrection(objects, symbol, kept.generation, timestampOf(clock()))),
      TE.chain(() =>
        objects.write(storedBarsKey(symbol), bytes, {
          ifGenerationMatch: kept.generation,
          contentType: CONTENT_TYPES.binary,
          metadata: { [CHECKSUM]: sha256(bytes), ...lastDayOf(series) },
        }),
      ),
      TE.map(({ outcome }) => {
        if (outcome === 'precondition_failed') return 'conflict';
        for (const change of changed) onEvent({ kind: 'corrected', symbol, change });
        return result;
      }),
    );
  },
});
