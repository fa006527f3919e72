import type { BarSeries } from './bars.js';

const BYTES_PER_VALUE = Float64Array.BYTES_PER_ELEMENT;
const COLUMNS = 7;
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Size of the bars object for this many bars. */
export const barsSize = (rows: number): number => rows * COLUMNS * BYTES_PER_VALUE;

/** Turns little-endian bytes into this machine's order and back, in place. */
const swapIfBigEndian = (bytes: Uint8Array): Uint8Array => {
  if (!LITTLE_ENDIAN) Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).swap64();
  return bytes;
};

/**
 * Little-endian float64: symbol after symbol, and in each the seven columns one after the other.
 */
export const encodeBars = (series: readonly BarSeries[]): Uint8Array => {
  const rows = series.reduce((sum, { day }) => sum + day.length, 0);
  const values = new Float64Array(rows * COLUMNS);
  let at = 0;
  for (const { day, open, high, low, close, volume, quoteVolume } of series) {
    for (const column of [day, open, high, low, close, volume, quoteVolume]) {
      for (let row = 0; row < column.length; row += 1) {
        // Adding 0 turns -0 into 0: equal amounts must have equal bytes.
        values[at + row] = (column[row] ?? Number.NaN) + 0;
      }
      at += column.length;
    }
  }
  return swapIfBigEndian(new Uint8Array(values.buffer));
};

/**
 * The series in a bars object of exactly the size that their rows make. The columns are views on
 * `bytes` where its alignment allows it, else on one copy.
 */
export const decodeBars = (
  entries: readonly { readonly symbol: string; readonly rows: number }[],
  bytes: Uint8Array,
): readonly BarSeries[] => {
  const usable = LITTLE_ENDIAN && bytes.byteOffset % BYTES_PER_VALUE === 0;
  const native = usable ? bytes : swapIfBigEndian(Uint8Array.from(bytes));
  const values = new Float64Array(
    native.buffer,
    native.byteOffset,
    native.byteLength / BYTES_PER_VALUE,
  );
  let at = 0;
  return entries.map(({ symbol, rows }): BarSeries => {
    const column = (): Float64Array => {
      at += rows;
      return values.subarray(at - rows, at);
    };
    return {
      symbol,
      day: Int32Array.from(column()),
      open: column(),
      high: column(),
      low: column(),
      close: column(),
      volume: column(),
      quoteVolume: column(),
    };
  });
};
