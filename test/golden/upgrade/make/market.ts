import { isoDay, parseIsoDay } from '../../../../shared/day.js';
import { epochDay } from '../../../../shared/units.js';
import { randomWalk } from '../../../support/synthetic-bars.js';

const FIRST_DAY = parseIsoDay('2023-05-01');
const LAST_DAY = parseIsoDay('2026-04-30');
const ASSETS = 'ADA AVAX BTC DOGE DOT ETH LINK LTC SOL TRX XRP'.split(' ');

/** The five digits that keep the fixtures small; prices and volumes are made up. */
const printed = (value = 0): string => String(Number(value.toPrecision(5)));

const barsCsv = (symbol: string, seed: number): string => {
  const length = LAST_DAY - FIRST_DAY + 1;
  const { day, open, high, low, close, volume, quoteVolume } = randomWalk({
    ...{ symbol, first: FIRST_DAY, length, seed },
  });
  const rows = Array.from(day, (date, i) =>
    [open, high, low, close, volume, quoteVolume].reduce(
      (row, column) => `${row},${printed(column[i])}`,
      isoDay(epochDay(date)),
    ),
  );
  return `date,open,high,low,close,volume,quote_volume\n${rows.join('\n')}\n`;
};

/** The CSV text of each symbol's bars. */
export const market: Readonly<Record<string, string>> = Object.fromEntries(
  ASSETS.map((asset, seed) => [`${asset}USDT`, barsCsv(`${asset}USDT`, seed)]),
);

/** The bar that the exchange corrects after the month of January was published. */
export const CORRECTED = {
  symbol: 'TRXUSDT',
  day: '2026-01-30',
  before: { volume: '1' },
  after: {
    volume:
      market.TRXUSDT?.split('\n')
        .find((row) => row.startsWith('2026-01-30'))
        ?.split(',')[5] ?? '',
  },
} as const;
