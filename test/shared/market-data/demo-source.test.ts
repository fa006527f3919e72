import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Either } from 'fp-ts/lib/Either.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { dayOf, isoDay, latest, parseIsoDay } from '../../../shared/day.js';
import { csvSource } from '../../../shared/market-data/csv-source.js';
import { DEMO_AS_OF_DATE, DEMO_NOW, demoSource } from '../../../shared/market-data/demo-source.js';
import { epochDay } from '../../../shared/units.js';
import { dayRange } from '../../support/day-range.js';
import { describeWithShared } from '../../support/shared-folder.js';

const ALWAYS = { first: parseIsoDay('2000-01-01'), last: parseIsoDay('2100-01-01') };
const BARS_FILE = fileURLToPath(
  new URL('../../../shared/market-data/demo/bars.csv.gz', import.meta.url),
);

const right = <A>(result: Either<Failure, A>): A => {
  if (result._tag === 'Left') assert.fail(result.left.message);
  return result.right;
};

const market = async () => {
  const metadata = right(await demoSource().metadata()());
  const symbols = metadata.map(({ symbol }) => symbol);
  return { metadata, series: right(await demoSource().bars(symbols, ALWAYS)()) };
};

describe('The demo source', () => {
  it('declares that it is synthetic', () => {
    const { id, live, synthetic } = demoSource();
    assert.deepEqual({ id, live, synthetic }, { id: 'demo', live: false, synthetic: true });
  });

  it('holds 30 symbols with 54,227 bars up to the day before its clock', async () => {
    const { metadata, series } = await market();
    assert.equal(metadata.length, 30);
    assert.deepEqual(
      series.map(({ symbol }) => symbol),
      metadata.map(({ symbol }) => symbol),
    );
    assert.equal(
      series.reduce((sum, { day }) => sum + day.length, 0),
      54_227,
    );
    const bitcoin = series.find(({ symbol }) => symbol === 'BTCUSDT');
    assert.equal(bitcoin?.day.length, 1898);
    assert.equal(bitcoin?.close[0], 29924.12);
    assert.equal(bitcoin?.volume[0], 12_070);
    const last = latest(...series.map(({ day }) => epochDay(day.at(-1) ?? 0)));
    assert.equal(isoDay(last), DEMO_AS_OF_DATE);
    assert.equal(dayOf(new Date(DEMO_NOW)), last + 1);
  });

  it('returns the requested symbols and days', async () => {
    const first = parseIsoDay('2026-03-12');
    const asked = ['XRAYUSDT', 'NOSUCHUSDT', 'BTCUSDT', 'YANKEEUSDT'];
    const series = right(await demoSource().bars(asked, dayRange(first, first + 5))());
    assert.deepEqual(
      series.map(({ symbol, day }) => [symbol, ...day]),
      [
        ['BTCUSDT', first, first + 1],
        ['XRAYUSDT', first, first + 1],
      ],
    );
  });

  it('is smaller than a megabyte and a half', () => {
    assert.ok(statSync(BARS_FILE).size < 1_500_000);
  });
});

describeWithShared('The demo market', (folder) => {
  const golden = csvSource({
    dataDir: folder('golden', 'market', 'raw'),
    metadataFile: folder('golden', 'market', 'symbol_metadata.csv'),
  });

  it('is the golden market, bar for bar', async () => {
    const { metadata, series } = await market();
    assert.deepEqual(metadata, right(await golden.metadata()()));
    const symbols = metadata.map(({ symbol }) => symbol);
    assert.deepEqual(series, right(await golden.bars(symbols, ALWAYS)()));
  });

  it('is the golden market, letter for letter', async () => {
    const rows = gunzipSync(readFileSync(BARS_FILE)).toString('utf8').split('\n').slice(1, -1);
    const { metadata } = await market();
    const raw = metadata.flatMap(({ symbol }) =>
      readFileSync(folder('golden', 'market', 'raw', `${symbol}.csv`), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => `${symbol},${row}`),
    );
    assert.equal(rows.length, raw.length);
    assert.equal(
      rows.findIndex((row, index) => row !== raw[index]),
      -1,
    );
  });
});
