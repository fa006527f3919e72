/**
 * Named float64 columns of equal length in one allocation, column after column. Missing is NaN.
 */
export interface Columns<Name extends string> {
  readonly names: readonly Name[];
  readonly rows: number;
  readonly values: Float64Array;
}

export const allocateColumns = <Name extends string>(
  names: readonly Name[],
  rows: number,
): Columns<Name> => ({
  names,
  rows,
  values: new Float64Array(names.length * rows).fill(Number.NaN),
});

/**
 * A view of the column from row `first` to `end` (exclusive); writing to it writes to the table.
 */
export const column = <Name extends string>(
  columns: Columns<Name>,
  name: Name,
  first = 0,
  end: number = columns.rows,
): Float64Array => {
  const start = columns.names.indexOf(name) * columns.rows;
  return columns.values.subarray(start + first, start + end);
};
