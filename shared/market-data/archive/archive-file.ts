import { basename } from 'node:path';
import { addDays, parseIsoDay } from '../../day.js';
import type { DayRange } from '../bars.js';

/** One of Binance's public-data files of daily bars, as its name describes it. */
export interface ArchiveFile {
  readonly path: string;
  readonly symbol: string;
  /** The month or day that it covers. */
  readonly period: DayRange;
  readonly isZip: boolean;
}

const NAME =
  /^(?<symbol>[\p{Lu}\p{Lo}\p{Nd}]+)-1d-(?<month>\d{4}-\d{2})(?<day>-\d{2})?\.(?<type>csv|zip)$/u;

/** `2024-12` → `2025-01`; a month that does not exist leads to a day that does not either. */
const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = number === 12 ? { year: year + 1, number: 1 } : { year, number: number + 1 };
  return `${String(next.year).padStart(4, '0')}-${String(next.number).padStart(2, '0')}`;
};

const periodOf = (month: string, day: string | undefined): DayRange => {
  const first = parseIsoDay(`${month}${day ?? '-01'}`);
  const last = day === undefined ? addDays(parseIsoDay(`${nextMonth(month)}-01`), -1) : first;
  return { first, last };
};

/** `BTCUSDT-1d-2024-01.zip` and the like; undefined for other names. */
export const archiveFileOf = (path: string): ArchiveFile | undefined => {
  const groups = NAME.exec(basename(path))?.groups;
  if (groups === undefined) return undefined;
  const { symbol = '', month = '', day, type } = groups;
  const period = periodOf(month, day);
  if (Number.isNaN(period.first) || Number.isNaN(period.last)) return undefined;
  return { path, symbol, period, isZip: type === 'zip' };
};
