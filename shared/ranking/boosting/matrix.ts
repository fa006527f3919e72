import { floatAt } from '../../typed-arrays.js';

/**
 * A table of numbers, column-major: the value of `row` in `column` is `values[column * rows +
 * row]`, because every kernel here works on one column at a time. NaN is a missing value.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** One column of the matrix, as a view. */
export const columnOf = (matrix: Matrix, column: number): Float64Array =>
  matrix.values.subarray(column * matrix.rows, (column + 1) * matrix.rows);

/** Throws a RangeError when the shape does not fit the values or a value is infinite. */
export const requireMatrix = ({ rows, columns, values }: Matrix): void => {
  if (values.length !== rows * columns) {
    throw new RangeError(
      `matrix.values: expected ${rows} rows x ${columns} columns = ${rows * columns} numbers, got ${values.length}`,
    );
  }
  for (let i = 0; i < values.length; i += 1) {
    if (Math.abs(floatAt(values, i)) === Number.POSITIVE_INFINITY) {
      throw new RangeError(
        `matrix.values: expected finite numbers or NaN, got ${values[i]} in column ${Math.floor(i / rows)}, row ${i % rows}`,
      );
    }
  }
};
