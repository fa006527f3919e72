import { parse } from 'csv-parse/sync';

/** A CSV file with a header, read by column name. An empty cell is a missing value. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly size: number;
  readonly text: (row: number, column: string) => string;
  /** NaN for an empty cell, 1 and 0 for True and False. */
  readonly number: (row: number, column: string) => number;
  readonly flag: (row: number, column: string) => boolean;
}

const numberOf = (cell: string): number =>
  cell === '' ? Number.NaN : cell === 'True' ? 1 : cell === 'False' ? 0 : Number(cell);

export const parseCsvTable = (csv: string): CsvTable => {
  const [header = [], ...rows]: string[][] = parse(csv);
  const places = new Map(header.map((name, place) => [name, place]));
  const text = (row: number, column: string): string => {
    const cell = rows[row]?.[places.get(column) ?? -1];
    if (cell === undefined) throw new Error(`no cell ${column} in row ${row}`);
    return cell;
  };
  return {
    header,
    size: rows.length,
    text,
    number: (row, column) => numberOf(text(row, column)),
    flag: (row, column) => {
      const cell = text(row, column);
      if (cell !== 'True' && cell !== 'False') throw new Error(`${column}: no flag: "${cell}"`);
      return cell === 'True';
    },
  };
};
