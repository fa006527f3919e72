import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Either } from 'fp-ts/lib/Either.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { parseIsoDay } from '../../../shared/day.js';
import type { BarSeries } from '../../../shared/market-data/bars.js';
import { csvSource } from '../../../shared/market-data/csv-source.js';
import { describeWithShared } from '../../support/shared-folder.js';
import { barFile, HEADER, marketFolder, removeMarketFolders } from './market-folder.js';

const ALWAYS = { first: parseIsoDay('2000-01-01'), last: parseIsoDay('2100-01-01') };
const METADATA_HEADER = 'symbol,status,base_asset,quote_asset,is_spot_trading_allowed,permissions';

const right = <A>(result: Either<Failure, A>): A => {
  if (result._tag === 'Left') assert.fail(result.left.message);
  return result.right;
};

const left = <A>(result: Either<Failure, A>): Failure => {
  if (result._tag === 'Right') assert.fail('accepted');
  return result.left;
};

const sourceOf = (dataDir: string) =>
  csvSource({ dataDir, metadataFile: join(dataDir, 'symbols.metadata') });

const barsIn = (dataDir: string, symbols: readonly string[], range = ALWAYS) =>
  sourceOf(dataDir).bars(symbols, range)();

const plain = (series: BarSeries) => ({
  symbol: series.symbol,
  day: [...series.day],
  open: [...series.open],
  high: [...series.high],
  low: [...series.low],
  close: [...series.close],
  volume: [...series.volume],
  quoteVolume: [...series.quoteVolume],
});

const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('The CSV source', () => {
  afterEach(removeMarketFolders);

  it('describes itself', () => {
    const { id, live, synthetic } = sourceOf('anywhere');
    assert.deepEqual({ id, live, synthetic }, { id: 'csv', live: false, synthetic: false });
  });

  describe('reads bars', () => {
    it('with columns in any order, more columns, exponents, CRLF and a byte-order mark', async () => {
      const folder = marketFolder({
        'TRXUSDT.csv':
          '\ufeffquote_volume,名前,close,low,high,open,volume,date\r\n' +
          '4.398e+05,日本,11,9,12.50,10,.5,2024-02-28\r\n' +
          '0,,11,1.1E1,11.,11,0,2024-02-29',
      });
      assert.deepEqual(right(await barsIn(folder, ['TRXUSDT'])).map(plain), [
        {
          symbol: 'TRXUSDT',
          day: [parseIsoDay('2024-02-28'), parseIsoDay('2024-02-29')],
          open: [10, 11],
          high: [12.5, 11],
          low: [9, 11],
          close: [11, 11],
          volume: [0.5, 0],
          quoteVolume: [439800, 0],
        },
      ]);
    });

    it('ascending by symbol, once each, without symbols that have none', async () => {
      const row = '2024-01-01,1,1,1,1,1,1';
      const folder = marketFolder({
        'trxusdt.csv': barFile(row),
        'ADAUSDT.CSV': barFile(row),
        '币安人生USDT.csv': barFile(row),
        'LATEUSDT.csv': barFile('2030-01-01,1,1,1,1,1,1'),
        'UNASKEDUSDT.csv': 'not even a header',
        '._TRXUSDT.csv': 'a dropping',
        'notes.txt': 'no bars',
      });
      const asked = ['币安人生USDT', 'TRXUSDT', 'LATEUSDT', 'NOFILEUSDT', 'ADAUSDT', 'TRXUSDT'];
      const range = { first: parseIsoDay('2024-01-01'), last: parseIsoDay('2024-12-31') };
      const symbols = right(await barsIn(folder, asked, range)).map(({ symbol }) => symbol);
      assert.deepEqual(symbols, ['ADAUSDT', 'TRXUSDT', '币安人生USDT']);
    });

    it('of the range only, its first and last day included', async () => {
      const days = ['2024-01-01', '2024-01-02', '2024-01-04', '2024-01-05'];
      const folder = marketFolder({
        'TRXUSDT.csv': barFile(...days.map((day, index) => `${day},${index + 1},9,1,2,3,4`)),
      });
      const range = { first: parseIsoDay('2024-01-02'), last: parseIsoDay('2024-01-04') };
      const [series] = right(await barsIn(folder, ['TRXUSDT'], range));
      assert.deepEqual([...(series?.open ?? [])], [2, 3]);
      assert.deepEqual([...(series?.day ?? [])], days.slice(1, 3).map(parseIsoDay));
    });

    it('and checks the whole file, for any range', async () => {
      const folder = marketFolder({
        'TRXUSDT.csv': barFile('2024-01-01,1,1,1,1,1,1', '2030-01-01,1,1,1,1,1,-1'),
      });
      const range = { first: parseIsoDay('2024-01-01'), last: parseIsoDay('2024-12-31') };
      assert.match(left(await barsIn(folder, ['TRXUSDT'], range)).message, /line 3, quote_volume/);
    });
  });

  describe('refuses a bar file', () => {
    const good = '2024-01-01,10,12,9,11,100,1050';
    const table: readonly (readonly [string, string | Uint8Array, string])[] = [
      [
        'without a column',
        `date,open,high,low,volume,quote_volume\n${good}\n`,
        ', line 1, close: expected one column of this name, got the header "date,open,high,low,volume,quote_volume"',
      ],
      [
        'with a column twice',
        `${HEADER},close\n${good},11\n`,
        ', line 1, close: expected one column of this name, got 2 of them',
      ],
      [
        'with text for a number',
        barFile(good, '2024-01-02,10,12,9,abc,100,1050'),
        ', line 3, close: expected a decimal number, got "abc"',
      ],
      [
        'with an empty cell',
        barFile('2024-01-01,10,12,9,11,,1050'),
        ', line 2, volume: expected a decimal number, got an empty cell',
      ],
      [
        'with a padded number',
        barFile('2024-01-01,10,12,9, 11,100,1050'),
        ', line 2, close: expected a decimal number, got " 11"',
      ],
      [
        'with a hexadecimal number',
        barFile('2024-01-01,0x10,12,9,11,100,1050'),
        ', line 2, open: expected a decimal number, got "0x10"',
      ],
      [
        'with NaN',
        barFile('2024-01-01,NaN,12,9,11,100,1050'),
        ', line 2, open: expected a decimal number, got "NaN"',
      ],
      [
        'with a number beyond float64',
        barFile('2024-01-01,10,12,9,11,1e999,1050'),
        ', line 2, volume: expected a finite number, got Infinity',
      ],
      [
        'with long text, shown cut',
        barFile(`2024-01-01,10,12,9,${'é'.repeat(100)},100,1050`),
        `, line 2, close: expected a decimal number, got "${'é'.repeat(80)}…"`,
      ],
      [
        'with a day twice',
        barFile(good, good),
        ', line 3, date: expected a day after 2024-01-01, got 2024-01-01',
      ],
      [
        'with unsorted days',
        barFile('2024-01-05,1,1,1,1,1,1', good),
        ', line 3, date: expected a day after 2024-01-05, got 2024-01-01',
      ],
      [
        'with a day that does not exist',
        barFile('2023-02-29,10,12,9,11,100,1050'),
        ', line 2, date: expected a day as YYYY-MM-DD, got "2023-02-29"',
      ],
      [
        'with a time for a day',
        barFile('1704067200000,10,12,9,11,100,1050'),
        ', line 2, date: expected a day as YYYY-MM-DD, got "1704067200000"',
      ],
      [
        'with high below low',
        barFile('2024-01-01,10,8.5,9,11,100,1050'),
        ', line 2, high: expected at least low (9), got 8.5',
      ],
      [
        'with a price of zero',
        barFile('2024-01-01,10,12,9,0,100,1050'),
        ', line 2, close: expected a price above 0, got 0',
      ],
      [
        'with a negative volume',
        barFile('2024-01-01,10,12,9,11,-100,1050'),
        ', line 2, volume: expected at least 0, got -100',
      ],
      [
        'with a short row',
        barFile('2024-01-01,10,12,9,11,100'),
        ', line 2: expected 7 cells, got 6',
      ],
      ['with a long row', barFile(`${good},1`), ', line 2: expected 7 cells, got 8'],
      ['with an empty line', barFile('', good), ', line 2: expected 7 cells, got an empty line'],
      [
        'with an empty line at the end',
        barFile(good, ''),
        ', line 3: expected 7 cells, got an empty line',
      ],
      [
        'with quotes',
        barFile('2024-01-01,"10",12,9,11,100,1050'),
        ', line 2: expected cells without quotes, got "2024-01-01,\\"10\\",12,9,11,100,1050"',
      ],
      ['that is empty', '', ': expected a header and rows, got an empty file'],
      [
        'that is a byte-order mark alone',
        '\ufeff',
        ': expected a header and rows, got an empty file',
      ],
      ['that is a header alone', barFile(), ', line 2: expected a row, got the end of the file'],
      ['in UTF-16', utf16(barFile(good)), ': expected UTF-8 text, got a UTF-16 byte-order mark'],
      [
        'in big-endian UTF-16',
        Buffer.from(utf16(barFile(good))).swap16(),
        ': expected UTF-8 text, got a UTF-16 byte-order mark',
      ],
      [
        'in UTF-16 without a mark',
        utf16(barFile(good)).subarray(2),
        ': expected UTF-8 text, got zero bytes, as in UTF-16 or a binary file',
      ],
      [
        'in Latin-1',
        Buffer.from(`${HEADER},n\n${good},caf\xe9\n`, 'latin1'),
        ': expected UTF-8 text, got bytes that are not UTF-8',
      ],
    ];
    for (const [title, content, sentence] of table) {
      it(`${title}`, async () => {
        const folder = marketFolder({ 'TRXUSDT.csv': content });
        const failure = left(await barsIn(folder, ['TRXUSDT']));
        assert.deepEqual(
          { kind: failure.kind, code: failure.code, message: failure.message },
          {
            kind: 'permanent',
            code: 'malformed-input',
            message: `Market data refused, 1 problem in 1 file:\n${join(folder, 'TRXUSDT.csv')}${sentence}`,
          },
        );
      });
    }

    it('with the first five problems of each file, over all files at once', async () => {
      const folder = marketFolder({
        'ADAUSDT.csv': barFile('2024-01-01,a,b,c,d,e,f', '2024-01-02,1,1,1,1,-1,1'),
        'BTCUSDT.csv': barFile(good),
        'TRXUSDT.csv': '',
      });
      const failure = left(await barsIn(folder, ['TRXUSDT', 'BTCUSDT', 'ADAUSDT']));
      const ada = join(folder, 'ADAUSDT.csv');
      assert.deepEqual(failure.message.split('\n'), [
        'Market data refused, 8 problems in 2 files:',
        `${ada}, line 2, open: expected a decimal number, got "a"`,
        `${ada}, line 2, high: expected a decimal number, got "b"`,
        `${ada}, line 2, low: expected a decimal number, got "c"`,
        `${ada}, line 2, close: expected a decimal number, got "d"`,
        `${ada}, line 2, volume: expected a decimal number, got "e"`,
        `${ada}: and 2 more problems`,
        `${join(folder, 'TRXUSDT.csv')}: expected a header and rows, got an empty file`,
      ]);
      assert.deepEqual(failure.context, { problems: 8, files: 2 });
    });

    it('and names twenty of many', async () => {
      const names = Array.from({ length: 23 }, (_, index) => `X${index + 10}USDT`);
      const folder = marketFolder(Object.fromEntries(names.map((name) => [`${name}.csv`, ''])));
      const lines = left(await barsIn(folder, names)).message.split('\n');
      assert.equal(lines[0], 'Market data refused, 23 problems in 23 files:');
      assert.equal(lines.length, 22);
      assert.equal(lines[21], 'and 3 more files with problems');
    });
  });

  describe('refuses a folder', () => {
    it('with two files for one symbol', async function () {
      const folder = marketFolder({ 'TRXUSDT.csv': '', 'trxusdt.csv': '' });
      // Some file systems do not tell the two apart.
      if (readdirSync(folder).length === 1) this.skip();
      assert.equal(
        left(await barsIn(folder, ['BTCUSDT'])).message,
        `Market data refused, 1 problem in 1 file:\n${join(folder, 'trxusdt.csv')}: expected one file for TRXUSDT, got a second one besides ${join(folder, 'TRXUSDT.csv')}`,
      );
    });

    it('without bar files', async () => {
      const folder = marketFolder({ 'readme.md': '' });
      assert.equal(
        left(await barsIn(folder, ['BTCUSDT'])).message,
        `Market data refused, 1 problem in 1 file:\n${folder}: expected a folder of <SYMBOL>.csv files, got none in it`,
      );
    });

    it('that does not exist, or is a file', async () => {
      const folder = marketFolder({ 'a-file': '' });
      for (const [name, code] of [
        ['nowhere', 'ENOENT'],
        ['a-file', 'ENOTDIR'],
      ] as const) {
        const failure = left(await barsIn(join(folder, name), ['BTCUSDT']));
        assert.equal(failure.kind, 'permanent');
        assert.equal(failure.code, 'configuration');
        assert.equal(
          failure.message,
          `${join(folder, name)}: expected a folder of <SYMBOL>.csv files, got ${code}`,
        );
      }
    });
  });

  describe('reads metadata', () => {
    const metadataIn = (content: string | Uint8Array) => {
      const folder = marketFolder({ 'symbols.metadata': content });
      return { file: join(folder, 'symbols.metadata'), read: sourceOf(folder).metadata() };
    };

    it('in any column order, with quotes, ascending by symbol', async () => {
      const { read } = metadataIn(
        '\ufeffpermissions,note,symbol,status,base_asset,quote_asset,is_spot_trading_allowed\r\n' +
          '"SPOT,MARGIN",x,TRXUSDT,TRADING,TRX,USDT,True\r\n' +
          ',"two\nlines",1INCHUSDT,BREAK,1INCH,USDT,False\r\n',
      );
      assert.deepEqual(right(await read()), [
        {
          symbol: '1INCHUSDT',
          status: 'BREAK',
          baseAsset: '1INCH',
          quoteAsset: 'USDT',
          isSpotTradingAllowed: false,
          permissions: '',
        },
        {
          symbol: 'TRXUSDT',
          status: 'TRADING',
          baseAsset: 'TRX',
          quoteAsset: 'USDT',
          isSpotTradingAllowed: true,
          permissions: 'SPOT,MARGIN',
        },
      ]);
    });

    const good = 'TRXUSDT,TRADING,TRX,USDT,True,SPOT';
    const table: readonly (readonly [string, string | Uint8Array, string])[] = [
      [
        'a missing column',
        'symbol,status,base_asset,quote_asset,permissions\n',
        ', line 1, is_spot_trading_allowed: expected one column of this name, got the header "symbol,status,base_asset,quote_asset,permissions"',
      ],
      [
        'a symbol twice',
        `${METADATA_HEADER}\n${good}\nADAUSDT,TRADING,ADA,USDT,True,SPOT\n${good}\n`,
        ', line 4, symbol: expected a symbol not yet named (line 2), got "TRXUSDT"',
      ],
      [
        'another spelling of a boolean',
        `${METADATA_HEADER}\nTRXUSDT,TRADING,TRX,USDT,true,SPOT\n`,
        ', line 2, is_spot_trading_allowed: expected True or False, got "true"',
      ],
      [
        'a lower-case symbol',
        `${METADATA_HEADER}\ntrxusdt,TRADING,TRX,USDT,True,SPOT\n`,
        ', line 2, symbol: expected an upper-case name, got "trxusdt"',
      ],
      [
        'a lower-case quote asset',
        `${METADATA_HEADER}\nTRXUSDT,TRADING,TRX,usdt,True,SPOT\n`,
        ', line 2, quote_asset: expected an upper-case name, got "usdt"',
      ],
      [
        'a padded base asset',
        `${METADATA_HEADER}\nTRXUSDT,TRADING,TRX ,USDT,True,SPOT\n`,
        ', line 2, base_asset: expected an upper-case name, got "TRX "',
      ],
      [
        'an empty symbol',
        `${METADATA_HEADER}\n,TRADING,TRX,USDT,True,SPOT\n`,
        ', line 2, symbol: expected an upper-case name, got an empty cell',
      ],
      [
        'an empty status',
        `${METADATA_HEADER}\nTRXUSDT,,TRX,USDT,True,SPOT\n`,
        ', line 2, status: expected a status such as TRADING, got an empty cell',
      ],
      ['a short row', `${METADATA_HEADER}\nTRXUSDT,TRADING\n`, ', line 2: expected 6 cells, got 2'],
      [
        'an open quote',
        `${METADATA_HEADER}\n${good}\n"TRXUSDT,TRADING\n`,
        ', line 3: expected well-formed CSV, got CSV_QUOTE_NOT_CLOSED',
      ],
      [
        'a header alone',
        `${METADATA_HEADER}\n`,
        ', line 2: expected a row, got the end of the file',
      ],
      ['nothing', '', ': expected a header and rows, got an empty file'],
      [
        'UTF-16',
        utf16(`${METADATA_HEADER}\n${good}\n`),
        ': expected UTF-8 text, got a UTF-16 byte-order mark',
      ],
    ];
    for (const [title, content, sentence] of table) {
      it(`and refuses ${title}`, async () => {
        const { file, read } = metadataIn(content);
        const failure = left(await read());
        assert.equal(failure.code, 'malformed-input');
        assert.equal(failure.kind, 'permanent');
        assert.equal(
          failure.message,
          `Market data refused, 1 problem in 1 file:\n${file}${sentence}`,
        );
      });
    }

    it('and rejects a path that does not exist', async () => {
      const failure = left(await sourceOf('/nowhere').metadata()());
      assert.equal(failure.code, 'configuration');
      assert.equal(
        failure.message,
        `${join('/nowhere', 'symbols.metadata')}: expected a metadata CSV file, got ENOENT`,
      );
    });
  });
});

describeWithShared('The CSV source on real bars', (folder) => {
  const source = csvSource({
    dataDir: folder('data', 'binance-1d'),
    metadataFile: folder('data', 'binance-1d.symbol_metadata.2025-12-31.csv'),
  });

  it('reads 68 symbols and 115,223 rows with their known closes', async () => {
    const symbols = right(await source.metadata()()).map(({ symbol }) => symbol);
    assert.equal(symbols.length, 68);
    const series = right(await source.bars(symbols, ALWAYS)());
    assert.deepEqual(
      series.map(({ symbol }) => symbol),
      symbols,
    );
    assert.equal(
      series.reduce((sum, { day }) => sum + day.length, 0),
      115_223,
    );

    const bitcoin = series.find(({ symbol }) => symbol === 'BTCUSDT');
    const closeOn = (day: string) => bitcoin?.close[bitcoin.day.indexOf(parseIsoDay(day))];
    assert.equal(closeOn('2021-11-10'), 64882.43);
    assert.equal(closeOn('2024-03-13'), 73072.41);
    assert.equal(bitcoin?.quoteVolume[0], 3454770.05073206);
  });
});
