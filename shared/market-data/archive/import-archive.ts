import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, transient } from '../../codec/failure.js';
import { dayOf } from '../../day.js';
import type { Clock } from '../../ports/clock.js';
import { epochDay } from '../../units.js';
import type { BarSeries } from '../bars.js';
import type { Added, BarStore, NewerBars } from '../binance/bar-store.js';
import { sliceDays } from '../slice-days.js';
import { readArchive, type SymbolArchive } from './read-archive.js';

export interface ArchiveImport {
  /** Folder with the files. */
  readonly folder: string;
  /** The symbols to import. Default: all. */
  readonly symbols?: readonly string[];
  readonly kept: BarStore;
  readonly clock: Clock;
  /** Called after each file. */
  readonly onFile?: (done: number, total: number) => void;
}

/** Counts of what was imported. */
export interface Imported {
  readonly files: number;
  readonly symbols: number;
  /** Bars that were not stored before. */
  readonly bars: number;
  /** Stored bars that differ from the archive. */
  readonly corrections: number;
}

const ATTEMPTS = 5;

/**
 * The bars of a file, one entry for each run of consecutive days. A gap may be a day without
 * trading or a missing row, which some archives have: gaps are fetched from the exchange.
 */
const newerBars = (series: BarSeries): readonly NewerBars[] => {
  const { day } = series;
  const starts = [...day].filter((one, index) => one - 1 !== day[index - 1]);
  return starts.map((first, run) => {
    const next = starts[run + 1];
    const last = day[next === undefined ? day.length - 1 : day.indexOf(next) - 1] ?? first;
    const range = { first: epochDay(first), last: epochDay(last) };
    return { range, series: sliceDays(series, range) };
  });
};

const addArchive = (
  kept: BarStore,
  { symbol, files }: SymbolArchive,
  attempts = ATTEMPTS,
): TE.TaskEither<Failure, Added> =>
  pipe(
    kept.read(symbol),
    TE.chain((found) =>
      kept.add(
        found,
        files.flatMap(({ series }) => newerBars(series)),
      ),
    ),
    TE.chain((added) => {
      if (added !== 'conflict') return TE.right(added);
      return attempts > 1
        ? addArchive(kept, { symbol, files }, attempts - 1)
        : TE.left(
            transient(
              'conflict',
              `${symbol}: its kept bars changed ${ATTEMPTS} times during the import; try again`,
            ),
          );
    }),
  );

/**
 * Merges an archive's bars into the stored ones. Nothing is written unless every file is valid;
 * each symbol is then written as a whole, and importing the same files again changes nothing.
 */
export const importArchive = ({
  folder,
  symbols,
  kept,
  clock,
  onFile,
}: ArchiveImport): TE.TaskEither<Failure, Imported> =>
  pipe(
    readArchive(folder, symbols, dayOf(clock()), onFile),
    TE.bindTo('archives'),
    TE.bind('added', ({ archives }) =>
      pipe(
        archives,
        TE.traverseSeqArray((archive) => addArchive(kept, archive)),
      ),
    ),
    TE.map(({ archives, added }) => ({
      files: archives.reduce((sum, { files }) => sum + files.length, 0),
      symbols: archives.length,
      bars: added.reduce((sum, one) => sum + one.added, 0),
      corrections: added.reduce((sum, one) => sum + one.corrections, 0),
    })),
  );
