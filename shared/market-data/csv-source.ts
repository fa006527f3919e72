import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as S from 'fp-ts/lib/string.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import { metadataOf, parseSeriesFiles, seriesOf } from './csv-files.js';
import { rememberingDayParser } from './day-parser.js';
import { type RejectedFile, rejectInput } from './input-problems.js';
import type { MarketDataSource } from './market-data-source.js';
import { listFolder, readBytes } from './read-files.js';

export interface CsvSourceOptions {
  /** Folder of `<SYMBOL>.csv`. */
  readonly dataDir: string;
  readonly metadataFile: string;
}

const BAR_FILES = 'a folder of <SYMBOL>.csv files';

/** The bar files of a folder by the symbol in their name; two files for one symbol are an error. */
const filesBySymbol =
  (dataDir: string) =>
  (names: readonly string[]): E.Either<Failure, ReadonlyMap<string, string>> => {
    const files = new Map<string, string>();
    const rejected: RejectedFile[] = [];
    // Names that start with a dot are temporary files of file systems and editors.
    const barFiles = names.filter((name) => /^[^.].*\.csv$/i.test(name));
    for (const name of [...barFiles].sort(S.Ord.compare)) {
      const symbol = name.slice(0, -'.csv'.length).toUpperCase();
      const file = join(dataDir, name);
      const other = files.get(symbol);
      if (other === undefined) files.set(symbol, file);
      else {
        const expected = `one file for ${symbol}`;
        rejected.push({ file, problems: [{ expected, got: `a second one besides ${other}` }] });
      }
    }
    if (files.size === 0) {
      rejected.push({ file: dataDir, problems: [{ expected: BAR_FILES, got: 'none in it' }] });
    }
    return rejected.length > 0 ? E.left(rejectInput(rejected)) : E.right(files);
  };

/**
 * A folder of bar files and a metadata file, both CSV. Only the files of the requested symbols are
 * read.
 */
export const csvSource = ({ dataDir, metadataFile }: CsvSourceOptions): MarketDataSource => ({
  id: 'csv',
  live: false,
  synthetic: false,
  metadata: () =>
    pipe(
      readBytes('a metadata CSV file', metadataFile),
      TE.chainEitherK((bytes) => metadataOf(metadataFile, bytes)),
    ),
  candidates: TE.right,
  bars: (symbols, range) =>
    pipe(
      listFolder(BAR_FILES, dataDir),
      TE.chainEitherK(filesBySymbol(dataDir)),
      TE.chain((files) => {
        const parseDay = rememberingDayParser();
        return pipe(
          [...new Set(symbols)].sort(S.Ord.compare).flatMap((symbol) => {
            const file = files.get(symbol);
            return file === undefined ? [] : [{ symbol, file }];
          }),
          TE.traverseSeqArray(({ symbol, file }) =>
            pipe(
              readBytes('a bar CSV file', file),
              TE.map((bytes) => seriesOf(file, symbol, bytes, parseDay)),
            ),
          ),
        );
      }),
      TE.chainEitherK(parseSeriesFiles(range)),
    ),
});
