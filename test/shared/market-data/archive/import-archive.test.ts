import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { isoDay, parseIsoDay } from '../../../../shared/day.js';
import { memoryObjectStore } from '../../../../shared/local/memory-object-store.js';
import { importArchive } from '../../../../shared/market-data/archive/import-archive.js';
import { barStore } from '../../../../shared/market-data/binance/bar-store.js';
import { binanceSource } from '../../../../shared/market-data/binance/source.js';
import { epochDay } from '../../../../shared/units.js';
import { done } from '../../../contract/store-under-test.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { memoryExchange } from '../../../support/memory-exchange.js';
import { randomWalk } from '../../../support/synthetic-bars.js';
import { marketFolder, removeMarketFolders } from '../market-folder.js';
import { ARCHIVE_HEADER, archiveRow, archiveRows, checksumOf, zipOf } from './archive-folder.js';

const clock = () => new Date('2025-06-10T00:30:00Z');

const open = () => {
  const objects = memoryObjectStore();
  const kept = barStore({ objects, clock });
  return {
    objects,
    kept,
    load: (folder: string, symbols?: readonly string[]) =>
      importArchive({ folder, kept, clock, ...(symbols === undefined ? {} : { symbols }) })(),
    daysOf: async (symbol: string) =>
      [...(await done(kept.read(symbol))).series.day].map(epochDay).map(isoDay),
  };
};

const january = archiveRows('2024-01-01', 31);
const JANUARY = 'TRXUSDT-1d-2024-01';

describe('An archive', () => {
  afterEach(removeMarketFolders);

  it('is read from CSV and ZIP files, with and without header, in milliseconds and microseconds', async () => {
    const december = `${ARCHIVE_HEADER}\n${archiveRows('2024-12-01', 31)}`;
    const { load, kept } = open();
    const folder = marketFolder({
      [`${JANUARY}.csv`]: january,
      'TRXUSDT-1d-2024-12.zip': zipOf({ 'TRXUSDT-1d-2024-12.csv': december }),
      'TRXUSDT-1d-2025-01.csv': archiveRows('2025-01-01', 31).replaceAll('\n', '\r\n'),
      'TRXUSDT-1d-2025-02-01.csv': archiveRows('2025-02-01', 1),
      'TRXUSDT-1h-2025-02.csv': 'something else',
      'README.md': 'something else',
    });
    assert.deepEqual(getOrThrow(await load(folder)), {
      files: 4,
      symbols: 1,
      bars: 94,
      corrections: 0,
    });
    const { series, covered } = await done(kept.read('TRXUSDT'));
    assert.deepEqual(
      covered.map(({ first, last }) => [isoDay(first), isoDay(last)]),
      [
        ['2024-01-01', '2024-01-31'],
        ['2024-12-01', '2025-02-01'],
      ],
    );
    const at = series.day.indexOf(parseIsoDay('2025-01-02'));
    const { open: opened, high, low, close, volume, quoteVolume } = series;
    assert.deepEqual(
      [opened, high, low, close, volume, quoteVolume].map((column) => column[at]),
      [10, 13, 9.5, 12, 100.5, 1050.25],
    );
  });

  it('is found in the folders of data.binance.vision, only for the requested symbols', async () => {
    const { load, daysOf } = open();
    const folder = marketFolder({});
    for (const symbol of ['TRXUSDT', 'ADAUSDT']) {
      mkdirSync(join(folder, symbol, '1d'), { recursive: true });
      writeFileSync(join(folder, symbol, '1d', `${symbol}-1d-2024-01.csv`), january);
    }
    assert.deepEqual(getOrThrow(await load(folder, ['ADAUSDT'])), {
      files: 1,
      symbols: 1,
      bars: 31,
      corrections: 0,
    });
    assert.equal((await daysOf('ADAUSDT')).length, 31);
    assert.deepEqual(await daysOf('TRXUSDT'), []);
  });

  it('has no effect when it is imported again', async () => {
    const { load, objects } = open();
    const folder = marketFolder({ [`${JANUARY}.csv`]: january });
    getOrThrow(await load(folder));
    const before = await done(objects.list(''));
    assert.deepEqual(getOrThrow(await load(folder)), {
      files: 1,
      symbols: 1,
      bars: 0,
      corrections: 0,
    });
    assert.deepEqual(await done(objects.list('')), before);
  });

  it('that differs from the stored bars corrects them and records the corrections', async () => {
    const { load, objects, kept } = open();
    getOrThrow(await load(marketFolder({ [`${JANUARY}.csv`]: january })));
    const other = marketFolder({ 'TRXUSDT-1d-2024-01-05.csv': archiveRow('2024-01-05', 50) });
    assert.deepEqual(getOrThrow(await load(other)), {
      files: 1,
      symbols: 1,
      bars: 0,
      corrections: 1,
    });
    const { series } = await done(kept.read('TRXUSDT'));
    assert.equal(series.close[4], 50);
    const [record] = await done(objects.list('market-data/binance/corrections/'));
    assert.match(record?.key ?? '', /corrections\/TRXUSDT\/2024-01-05-[0-9a-f]{64}\.json$/);
  });

  it('may overlap as long as its files agree', async () => {
    const { load } = open();
    const folder = marketFolder({
      [`${JANUARY}.csv`]: january,
      [`${JANUARY}.zip`]: zipOf({ [`${JANUARY}.csv`]: january }),
    });
    assert.deepEqual(getOrThrow(await load(folder)), {
      files: 2,
      symbols: 1,
      bars: 31,
      corrections: 0,
    });
  });

  it('leaves days that it lacks to the exchange', async () => {
    const { load, objects } = open();
    getOrThrow(
      await load(
        marketFolder({
          [`${JANUARY}.csv`]: january,
          'TRXUSDT-1d-2024-03.csv': archiveRows('2024-03-01', 31),
        }),
      ),
    );
    const first = parseIsoDay('2023-12-01');
    const walk = randomWalk({ symbol: 'TRXUSDT', first, length: 600, seed: 1 });
    const exchange = memoryExchange([walk]);
    const source = binanceSource({ exchange, objects, clock });
    const range = { first, last: parseIsoDay('2025-05-31') };
    const [loaded] = await done(source.bars(['TRXUSDT'], range));
    assert.equal(loaded?.day.length, range.last - range.first + 1);
    assert.deepEqual(
      exchange.asked.map(({ range: asked }) => [isoDay(asked.first), isoDay(asked.last)]),
      [
        ['2023-12-01', '2023-12-31'],
        ['2024-02-01', '2024-02-29'],
        ['2024-03-24', '2025-05-31'],
      ],
    );
  });

  it('with rows missing leaves those days to the exchange, too', async () => {
    const { load, objects } = open();
    const days = ['2024-01-01', '2024-01-03', '2024-01-04', '2024-01-31'];
    const rows = days.map((day) => `${archiveRow(day)}\n`).join('');
    const february = archiveRows('2024-02-01', 29);
    const folder = marketFolder({
      [`${JANUARY}.csv`]: rows,
      'TRXUSDT-1d-2024-02.csv': february,
    });
    assert.deepEqual(getOrThrow(await load(folder)), {
      files: 2,
      symbols: 1,
      bars: 33,
      corrections: 0,
    });
    const first = parseIsoDay('2024-01-01');
    const range = { first, last: parseIsoDay('2024-02-29') };
    const exchange = memoryExchange([
      randomWalk({ symbol: 'TRXUSDT', first, length: 60, seed: 1 }),
    ]);
    const source = binanceSource({ exchange, objects, clock });
    const [loaded] = await done(source.bars(['TRXUSDT'], range));
    assert.equal(loaded?.day.length, 60);
    assert.deepEqual(
      exchange.asked.map(({ range: asked }) => [isoDay(asked.first), isoDay(asked.last)]),
      [
        ['2024-01-02', '2024-01-02'],
        ['2024-01-05', '2024-01-30'],
        ['2024-02-22', '2024-02-29'],
      ],
    );
  });
});

describe('An archive is refused, and nothing of it written,', () => {
  afterEach(removeMarketFolders);

  const sound = { 'ADAUSDT-1d-2024-01.csv': january };
  const rowWith = (change: (cells: string[]) => void): string => {
    const cells = archiveRow('2024-01-02').split(',');
    change(cells);
    return `${archiveRow('2024-01-01')}\n${cells.join(',')}\n`;
  };
  const cell = (place: number, text: string): string =>
    rowWith((cells) => {
      cells[place] = text;
    });
  const csv = `${JANUARY}.csv`;
  const zip = `${JANUARY}.zip`;
  const stored = zipOf({ [csv]: january }, 0);
  const flipped = Uint8Array.from(stored);
  flipped[200] = (flipped[200] ?? 0) ^ 1;

  const table: readonly (readonly [
    title: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    file: string,
    sentence: string,
  ])[] = [
    [
      'for a price that is no number',
      { [csv]: cell(4, '1O') },
      csv,
      ', line 2, close: expected a decimal number, got "1O"',
    ],
    [
      'for a price of zero',
      { [csv]: cell(3, '0') },
      csv,
      ', line 2, low: expected a price above 0, got 0',
    ],
    [
      'for high below low',
      { [csv]: cell(2, '1') },
      csv,
      ', line 2, high: expected at least low (9.5), got 1',
    ],
    [
      'for a time in seconds',
      { [csv]: cell(0, '1704153600') },
      csv,
      ', line 2, open_time: expected midnight UTC in milliseconds or microseconds, got "1704153600"',
    ],
    [
      'for a bar that does not begin at midnight',
      { [csv]: cell(0, '1704153600001') },
      csv,
      ', line 2, open_time: expected midnight UTC in milliseconds or microseconds, got "1704153600001"',
    ],
    [
      'for a bar of another interval',
      { [csv]: cell(6, '1704758399999') },
      csv,
      ', line 2, close_time: expected the end of 2024-01-02, got "1704758399999"',
    ],
    [
      'for a day of another month',
      { [csv]: cell(0, '1706745600000') },
      csv,
      ', line 2, open_time: expected a day from 2024-01-01 to 2024-01-31, got 2024-02-01',
    ],
    [
      'for a day twice',
      { [csv]: `${archiveRow('2024-01-01')}\n${archiveRow('2024-01-01')}\n` },
      csv,
      ', line 2, open_time: expected a day after 2024-01-01, got 2024-01-01',
    ],
    [
      'for rows out of order',
      { [csv]: `${ARCHIVE_HEADER}\n${archiveRow('2024-01-02')}\n${archiveRow('2024-01-01')}\n` },
      csv,
      ', line 3, open_time: expected a day after 2024-01-02, got 2024-01-01',
    ],
    [
      'for a short row',
      { [csv]: '1704067200000,1,2\n' },
      csv,
      ', line 1: expected 12 cells, got 3',
    ],
    ['for an empty file', { [csv]: '' }, csv, ': expected at least one bar, got an empty file'],
    [
      'for a header alone',
      { [csv]: `${ARCHIVE_HEADER}\n` },
      csv,
      ': expected at least one bar, got a header alone',
    ],
    [
      'for a day that has not closed',
      { 'TRXUSDT-1d-2025-06.csv': archiveRows('2025-06-01', 10) },
      'TRXUSDT-1d-2025-06.csv',
      ', open_time: expected days that have closed (UTC), got 2025-06-10',
    ],
    [
      'for another checksum',
      { [csv]: january, [`${csv}.CHECKSUM`]: checksumOf(csv, 'x') },
      csv,
      ': expected SHA-256 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881, as its .CHECKSUM file says, got ',
    ],
    [
      'for a checksum of another file',
      { [csv]: january, [`${csv}.CHECKSUM`]: checksumOf(zip, january) },
      csv,
      `: expected a .CHECKSUM file with a SHA-256 and ${csv}, got `,
    ],
    [
      'for a ZIP file that is none',
      { [zip]: 'PK nothing' },
      zip,
      ': expected a ZIP file with one CSV file in it, got a damaged one (invalid zip data)',
    ],
    [
      'for a ZIP file that is cut off',
      { [zip]: stored.subarray(0, 500) },
      zip,
      ': expected a ZIP file with one CSV file in it, got a damaged one (invalid zip data)',
    ],
    [
      'for a ZIP file with a changed byte',
      { [zip]: flipped },
      zip,
      ': expected a ZIP file with one CSV file in it, got a damaged one (wrong CRC-32)',
    ],
    [
      'for a ZIP file with two files',
      { [zip]: zipOf({ 'a.csv': january, 'b.csv': january }) },
      zip,
      ': expected a ZIP file with one CSV file in it, got a.csv, b.csv',
    ],
    [
      'for files that contradict each other',
      { [csv]: january, 'TRXUSDT-1d-2024-01-05.csv': archiveRow('2024-01-05', 50) },
      csv,
      ', close: expected 50 on 2024-01-05, as in a file before it, got 15',
    ],
  ];
  for (const [title, files, file, sentence] of table)
    it(title, async () => {
      const { load, objects } = open();
      const folder = marketFolder({ ...sound, ...files });
      const answer = await load(folder);
      assert.ok(E.isLeft(answer));
      assert.deepEqual([answer.left.kind, answer.left.code], ['permanent', 'malformed-input']);
      const expected = `${join(folder, file)}${sentence}`;
      assert.ok(
        answer.left.message.split('\n').some((line) => line.startsWith(expected)),
        `${answer.left.message}\ndoes not say\n${expected}`,
      );
      assert.deepEqual(await done(objects.list('')), []);
    });

  it('is imported with correct checksums', async () => {
    const { load } = open();
    const bytes = zipOf({ [csv]: january });
    const folder = marketFolder({ [zip]: bytes, [`${zip}.CHECKSUM`]: checksumOf(zip, bytes) });
    assert.equal(getOrThrow(await load(folder)).bars, 31);
  });

  it('without a file of each requested symbol, or without a folder', async () => {
    const { load, objects } = open();
    const folder = marketFolder(sound);
    const none = await load(folder, ['XRPUSDT']);
    assert.ok(E.isLeft(none));
    assert.match(none.left.message, /expected a folder of .* files of XRPUSDT, got none in it/);
    const some = await load(folder, ['ADAUSDT', 'TRXUSD', 'XRPUSDT']);
    assert.ok(E.isLeft(some));
    assert.match(some.left.message, / files of TRXUSD, XRPUSDT, got none in it$/);
    assert.deepEqual(await done(objects.list('')), []);
    const nowhere = await load(join(folder, 'nowhere'));
    assert.ok(E.isLeft(nowhere));
    assert.equal(nowhere.left.code, 'configuration');
    assert.match(nowhere.left.message, /got ENOENT$/);
  });
});
