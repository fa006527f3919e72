import { byteAt, intAt } from '../../typed-arrays.js';

/**
 * Moves the rows at positions `begin` to `end` (excluded) of `rowOrder` whose bin goes left before
 * the others, and returns where the others begin. Both sides keep their order, so rows that ascend
 * in a leaf still ascend in its children. `binOfRow` is one feature's column, `goesLeft` has 1 for
 * each bin that goes left and 0 for the others; `scratch` is as long as `rowOrder`.
 */
export const partitionRows = (
  rowOrder: Int32Array,
  begin: number,
  end: number,
  binOfRow: Uint8Array,
  goesLeft: Uint8Array,
  scratch: Int32Array,
): number => {
  let left = begin;
  let right = 0;
  // Every row is written to both sides but counted on one: the side is unpredictable, and a branch
  // would be mispredicted half of the time.
  for (let i = begin; i < end; i += 1) {
    const row = intAt(rowOrder, i);
    const toLeft = byteAt(goesLeft, byteAt(binOfRow, row));
    rowOrder[left] = row;
    scratch[right] = row;
    left += toLeft;
    right += 1 - toLeft;
  }
  rowOrder.set(scratch.subarray(0, right), left);
  return left;
};
