import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as S from 'fp-ts/lib/string.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../codec/failure.js';
import type { BarSeries } from './bars.js';
import { parseBarCsv } from './csv-bars.js';
import { metadataOf, parseSeriesFiles } from './csv-files.js';
import { type ParseDay, rememberingDayParser } from './day-parser.js';
import type { RejectedFile } from './input-problems.js';
import type { MarketDataSource } from './market-data-source.js';
import { readBytes } from './read-files.js';

export { DEMO_AS_OF_DATE, DEMO_NOW } from './demo-clock.js';

// Package imports mean the same file to the sources and to the compiled tree beside them.
const pathOf = createRequire(import.meta.url).resolve;

const located = (name: string): E.Either<Failure, string> =>
  E.tryCatch(
    () => pathOf(`#demo-market/${name}`),
    (cause) =>
      permanent(
        'configuration',
        `The demo market's ${name} is not here: it comes with a clone, not with the archive that ` +
          'functions deploy from. Set MARKET_DATA_SOURCE to binance, or rehearse with npm run emulators.',
        { cause },
      ),
  );

const gunzip = (file: string, bytes: Uint8Array): E.Either<Failure, Uint8Array> =>
  E.tryCatch(
    () => gunzipSync(bytes),
    (cause) =>
      permanent('malformed-input', `${file}: expected gzip data, got a damaged file`, { cause }),
  );

/** The rows of each symbol with the header, as in separate files. */
const filesBySymbol = (bytes: Uint8Array): ReadonlyMap<string, string> => {
  const [header = '', ...rows] = new TextDecoder().decode(bytes).trimEnd().split('\n');
  const files = new Map<string, string[]>();
  for (const row of rows) {
    const symbol = row.slice(0, row.indexOf(','));
    const file = files.get(symbol);
    if (file === undefined) files.set(symbol, [header, row]);
    else file.push(row);
  }
  return new Map([...files].map(([symbol, lines]) => [symbol, lines.join('\n')]));
};

const seriesIn = (
  file: string,
  symbol: string,
  text: string,
  parseDay: ParseDay,
): E.Either<RejectedFile, BarSeries> =>
  pipe(
    parseBarCsv(symbol, text, parseDay),
    E.mapLeft((problems) => ({ file: `${file} (${symbol})`, problems })),
  );

const read = (
  what: string,
  name: string,
): TE.TaskEither<Failure, { readonly file: string; readonly bytes: Uint8Array }> =>
  pipe(
    TE.fromEither(located(name)),
    TE.bindTo('file'),
    TE.bind('bytes', ({ file }) => readBytes(what, file)),
  );

/** The synthetic market that comes with the package. See demo/README.md. */
export const demoSource = (): MarketDataSource => ({
  id: 'demo',
  live: false,
  synthetic: true,
  metadata: () =>
    pipe(
      read('the demo metadata', 'symbol_metadata.csv'),
      TE.chainEitherK(({ file, bytes }) => metadataOf(file, bytes)),
    ),
  candidates: TE.right,
  bars: (symbols, range) =>
    pipe(
      TE.Do,
      TE.bind('market', () => read('the demo bars', 'bars.csv.gz')),
      TE.bind('bytes', ({ market: { file, bytes } }) => TE.fromEither(gunzip(file, bytes))),
      TE.map(({ market: { file }, bytes }) => {
        const files = filesBySymbol(bytes);
        const parseDay = rememberingDayParser();
        return [...new Set(symbols)].sort(S.Ord.compare).flatMap((symbol) => {
          const text = files.get(symbol);
          return text === undefined ? [] : [seriesIn(file, symbol, text, parseDay)];
        });
      }),
      TE.chainEitherK(parseSeriesFiles(range)),
    ),
});
