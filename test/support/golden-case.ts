import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type EpochDay, parseIsoDay } from '../../shared/day.js';
import type { BarSeries, SymbolMetadata } from '../../shared/market-data/bars.js';
import { csvSource } from '../../shared/market-data/csv-source.js';
import { demoSource } from '../../shared/market-data/demo-source.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { type CsvTable, parseCsvTable } from './csv-table.js';
import { getOrThrow } from './get-or-throw.js';

/** What the reference computed from one market on one day, see test/golden/README.md. */
export interface GoldenCase {
  readonly name: string;
  readonly asOf: EpochDay;
  readonly source: MarketDataSource;
  readonly has: (file: string) => boolean;
  readonly table: (file: string) => CsvTable;
  /** The parsed file; the caller says what it holds. */
  readonly json: (file: string) => unknown;
}

export interface GoldenMarket {
  readonly bars: readonly BarSeries[];
  readonly metadata: readonly SymbolMetadata[];
}

const goldenCase = (name: string, folder: string, source: MarketDataSource): GoldenCase => {
  // Shipped cases are compressed throughout; in the development data only the large files are.
  const pathOf = (file: string): string | undefined =>
    [`${folder}/${file}.gz`, `${folder}/${file}`].find((path) => existsSync(path));
  const read = (file: string): string => {
    const path = pathOf(file);
    if (path === undefined) throw new Error(`the golden case ${name} has no ${file}`);
    const bytes = readFileSync(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  return {
    name,
    asOf: parseIsoDay(name.slice(-10)),
    source,
    has: (file) => pathOf(file) !== undefined,
    table: (file) => parseCsvTable(read(file)),
    json: (file) => JSON.parse(read(file)),
  };
};

/** A case on the demo market, on any machine. */
export const demoCase = (name: string): GoldenCase =>
  goldenCase(
    name,
    fileURLToPath(new URL(`../golden/cases/${name}`, import.meta.url)),
    demoSource(),
  );

/** A case on real bars, which are not shipped; `folder` leads into the development data. */
export const binanceCase = (
  name: string,
  folder: (...segments: readonly string[]) => string,
): GoldenCase =>
  goldenCase(
    name,
    folder('golden', 'cases', name),
    csvSource({
      dataDir: folder('data', 'binance-1d'),
      metadataFile: folder('golden', 'cases', name, 'symbol_metadata.csv'),
    }),
  );

/** All bars up to the as-of day, of every symbol in the metadata. */
export const readMarket = async ({ source, asOf }: GoldenCase): Promise<GoldenMarket> => {
  const metadata = getOrThrow(await source.metadata()());
  const symbols = metadata.map((one) => one.symbol);
  const range = { first: parseIsoDay('2017-01-01'), last: asOf };
  return { metadata, bars: getOrThrow(await source.bars(symbols, range)()) };
};
