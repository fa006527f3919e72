/** NaN and null are missing values: an empty cell. */
export type Cell = string | number | boolean | null;

/** The columns of a CSV file in order: the name, and how to read its cell from a row. */
export type Table<Row> = readonly (readonly [name: string, read: (row: Row) => Cell])[];

const cellText = (cell: Cell): string => {
  if (cell === null || Number.isNaN(cell)) return '';
  if (typeof cell === 'boolean') return cell ? 'True' : 'False';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * The text of a CSV file with a header, as `latest_ranking.csv` is written: numbers in their
 * shortest form that reads back equal, LF, a final newline; cells are quoted only if necessary.
 */
export const csvText = <Row>(table: Table<Row>, rows: Iterable<Row>): string => {
  const lines = [table.map(([name]) => cellText(name)).join(',')];
  for (const row of rows) lines.push(table.map(([, read]) => cellText(read(row))).join(','));
  return `${lines.join('\n')}\n`;
};
