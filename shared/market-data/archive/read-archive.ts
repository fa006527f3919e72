import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as S from 'fp-ts/lib/string.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, unavailable } from '../../codec/failure.js';
import type { EpochDay } from '../../day.js';
import { decodeText } from '../csv-text.js';
import { type InputProblem, type RejectedFile, rejectInput } from '../input-problems.js';
import { listFolder, readBytes } from '../read-files.js';
import { openDayProblem, parseArchiveCsv } from './archive-csv.js';
import { type ArchiveFile, archiveFileOf } from './archive-file.js';
import { checksumProblem } from './checksum.js';
import { type ArchiveBars, conflictingBars } from './conflicts.js';
import { unzipCsv } from './unzip.js';

const ARCHIVE = 'a folder of <SYMBOL>-1d-<YYYY-MM>.zip or .csv files';
const CHECKSUM_SUFFIX = '.CHECKSUM';

/** The bars of one symbol, file by file. */
export interface SymbolArchive {
  readonly symbol: string;
  readonly files: readonly ArchiveBars[];
}

/** Every path below a folder; a missing folder is a `configuration` failure. */
const pathsBelow = (folder: string): TE.TaskEither<Failure, readonly string[]> =>
  pipe(
    listFolder(ARCHIVE, folder),
    TE.chain(() =>
      TE.tryCatch(() => readdir(folder, { recursive: true }), unavailable(`read ${folder}`)),
    ),
    TE.map((names) => names.map((name) => join(folder, name)).sort(S.Ord.compare)),
  );

const barsIn = (
  { path, symbol, period, isZip }: ArchiveFile,
  bytes: Uint8Array,
  today: EpochDay,
): E.Either<readonly InputProblem[], ArchiveBars> =>
  pipe(
    isZip ? unzipCsv(bytes) : E.right(bytes),
    E.chain(decodeText),
    E.chain((text) => parseArchiveCsv(symbol, period, text)),
    E.chain((series) => {
      const problem = openDayProblem(series, today);
      return problem === undefined ? E.right({ file: path, series }) : E.left([problem]);
    }),
  );

/** The checksum beside the file, if the archive has one. */
const checksumFileOf = (
  { path }: ArchiveFile,
  present: ReadonlySet<string>,
): string | undefined => {
  const checksumFile = `${path}${CHECKSUM_SUFFIX}`;
  return present.has(checksumFile) ? checksumFile : undefined;
};

const readFileBars = (
  file: ArchiveFile,
  checksumFile: string | undefined,
  today: EpochDay,
): TE.TaskEither<Failure, E.Either<RejectedFile, ArchiveBars>> =>
  pipe(
    TE.Do,
    TE.bind('bytes', () => readBytes('an archive file', file.path)),
    TE.bind('checksum', () =>
      checksumFile === undefined
        ? TE.right(undefined)
        : readBytes('a .CHECKSUM file', checksumFile),
    ),
    TE.map(({ bytes, checksum }) => {
      const wrong =
        checksum && checksumProblem(file.path, bytes, Buffer.from(checksum).toString('utf8'));
      return pipe(
        wrong === undefined ? barsIn(file, bytes, today) : E.left([wrong]),
        E.mapLeft((problems): RejectedFile => ({ file: file.path, problems })),
      );
    }),
  );

const bySymbol = (
  files: readonly ArchiveFile[],
  bars: readonly ArchiveBars[],
): readonly SymbolArchive[] => {
  const groups = new Map<string, ArchiveBars[]>();
  for (const [index, one] of bars.entries()) {
    const symbol = files[index]?.symbol ?? '';
    const group = groups.get(symbol);
    if (group === undefined) groups.set(symbol, [one]);
    else group.push(one);
  }
  return [...groups].map(([symbol, group]) => ({ symbol, files: group }));
};

/** What was asked for and is not there: a symbol mistyped would look like one imported. */
const missingFiles = (
  folder: string,
  symbols: readonly string[] | undefined,
  files: readonly ArchiveFile[],
): readonly RejectedFile[] => {
  const there = new Set(files.map(({ symbol }) => symbol));
  const missing = symbols?.filter((symbol) => !there.has(symbol)) ?? [];
  if (files.length > 0 && missing.length === 0) return [];
  const expected = missing.length === 0 ? ARCHIVE : `${ARCHIVE} of ${missing.join(', ')}`;
  return [{ file: folder, problems: [{ expected, got: 'none in it' }] }];
};

/**
 * Binance's public-data files of daily bars below a folder (data.binance.vision, in its own folders
 * or in one), by symbol; all files or only the files of `symbols`. Other names are ignored.
 * Fails with the problems of all files.
 */
export const readArchive = (
  folder: string,
  symbols: readonly string[] | undefined,
  today: EpochDay,
  onFile: (done: number, total: number) => void = () => undefined,
): TE.TaskEither<Failure, readonly SymbolArchive[]> =>
  pipe(
    TE.Do,
    TE.bind('paths', () => pathsBelow(folder)),
    TE.let('files', ({ paths }) =>
      paths.flatMap((path) => {
        const file = archiveFileOf(path);
        return file === undefined || symbols?.includes(file.symbol) === false ? [] : [file];
      }),
    ),
    TE.bind('read', ({ files, paths }) => {
      const present = new Set(paths);
      return pipe(
        files,
        TE.traverseSeqArrayWithIndex((index, file) =>
          pipe(
            readFileBars(file, checksumFileOf(file, present), today),
            TE.chainFirstIOK(() => () => onFile(index + 1, files.length)),
          ),
        ),
      );
    }),
    TE.chainEitherK(({ files, read }) => {
      const rejected = [
        ...missingFiles(folder, symbols, files),
        ...read.flatMap((one) => (E.isLeft(one) ? [one.left] : [])),
      ];
      if (rejected.length > 0) return E.left(rejectInput(rejected));
      const archives = bySymbol(
        files,
        read.flatMap((one) => (E.isRight(one) ? [one.right] : [])),
      );
      const disagreeing = archives.flatMap((archive) => conflictingBars(archive.files));
      return disagreeing.length > 0 ? E.left(rejectInput(disagreeing)) : E.right(archives);
    }),
  );
