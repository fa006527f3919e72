import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { parseIsoDay } from '../../../../shared/day.js';

export const ARCHIVE_HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';

const MILLISECONDS_PER_DAY = 86_400_000;

/** A row as in Binance's archives: milliseconds until 2024, microseconds since. */
export const archiveRow = (day: string, close = 11): string => {
  const factor = day < '2025' ? 1 : 1000;
  const open = parseIsoDay(day) * MILLISECONDS_PER_DAY * factor;
  const end = open + MILLISECONDS_PER_DAY * factor - 1;
  return `${open},10.00000000,${close + 1}.00000000,9.50000000,${close}.00000000,100.50000000,${end},1050.25000000,7,50.1,500.2,0`;
};

/** Rows of consecutive days, each with its newline. */
export const archiveRows = (first: string, count: number): string => {
  const start = parseIsoDay(first);
  return Array.from({ length: count }, (_, index) => {
    const day = new Date((start + index) * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
    return `${archiveRow(day, 11 + (index % 5))}\n`;
  }).join('');
};

/** A ZIP file that holds these files. */
export const zipOf = (files: Readonly<Record<string, string>>, level: 0 | 6 = 6): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]),
    ),
    { level, mtime: '2024-01-01T12:00:00Z' },
  );

/** The text of a `.CHECKSUM` file. */
export const checksumOf = (name: string, bytes: Uint8Array | string): string =>
  `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`;
