import { floatAt, intAt } from '../../../shared/typed-arrays.js';

/** Up to this length insertion sort is used, which is stable. */
const SMALL = 16;

/**
 * Positions of the values in ascending order, equal values in the order in which NumPy's default
 * sort leaves them. The values must not be NaN.
 *
 * That sort is an introsort: quicksort with the median of first, middle and last as pivot,
 * insertion for short ranges, heapsort where the recursion gets deeper than twice the binary
 * logarithm of the size. It is not stable: above 16 values only the same swaps give the same order
 * (METHOD §12.6).
 */
export const introsort = (values: Float64Array): Int32Array => {
  const order = Int32Array.from(values, (_, i) => i);
  const depth = 2 * (31 - Math.clz32(values.length));
  sortRange(values, order, 0, order.length - 1, depth);
  return order;
};

/** Sorts the positions `first` to `last`, both included, splitting at most `depth` levels. */
const sortRange = (
  values: Float64Array,
  order: Int32Array,
  first: number,
  last: number,
  depth: number,
): void => {
  if (depth < 0) {
    heapsort(values, order.subarray(first, last + 1));
    return;
  }
  let [low, high, left] = [first, last, depth];
  while (high - low >= SMALL) {
    const pivot = partition(values, order, low, high);
    left -= 1;
    // The longer side is sorted by recursion, the shorter one in this loop.
    if (pivot - low < high - pivot) {
      sortRange(values, order, pivot + 1, high, left);
      high = pivot - 1;
    } else {
      sortRange(values, order, low, pivot - 1, left);
      low = pivot + 1;
    }
  }
  insert(values, order, low, high);
};

/** Moves smaller values before the pivot and larger ones behind it; returns its position. */
const partition = (values: Float64Array, order: Int32Array, low: number, high: number): number => {
  const at = (place: number): number => floatAt(values, intAt(order, place));
  const middle = low + ((high - low) >> 1);
  if (at(middle) < at(low)) swap(order, middle, low);
  if (at(high) < at(middle)) swap(order, high, middle);
  if (at(middle) < at(low)) swap(order, middle, low);
  // Low and high are on their sides already; the pivot waits before high.
  const pivot = at(middle);
  swap(order, middle, high - 1);
  let up = low;
  let down = high - 1;
  for (;;) {
    do up += 1;
    while (at(up) < pivot);
    do down -= 1;
    while (pivot < at(down));
    if (up >= down) break;
    swap(order, up, down);
  }
  swap(order, up, high - 1);
  return up;
};

const insert = (values: Float64Array, order: Int32Array, low: number, high: number): void => {
  for (let i = low + 1; i <= high; i += 1) {
    const position = intAt(order, i);
    const value = floatAt(values, position);
    let hole = i;
    while (hole > low && value < floatAt(values, intAt(order, hole - 1))) {
      order[hole] = intAt(order, hole - 1);
      hole -= 1;
    }
    order[hole] = position;
  }
};

const heapsort = (values: Float64Array, order: Int32Array): void => {
  for (let root = (order.length >> 1) - 1; root >= 0; root -= 1) {
    sift(values, order, root, order.length, intAt(order, root));
  }
  for (let size = order.length - 1; size > 0; size -= 1) {
    const position = intAt(order, size);
    order[size] = intAt(order, 0);
    sift(values, order, 0, size, position);
  }
};

/** Lets `position` sink from the root of a heap of `size` until no child is larger. */
const sift = (
  values: Float64Array,
  order: Int32Array,
  root: number,
  size: number,
  position: number,
): void => {
  const at = (place: number): number => floatAt(values, intAt(order, place));
  const value = floatAt(values, position);
  let hole = root;
  for (let child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
    if (child + 1 < size && at(child) < at(child + 1)) child += 1;
    if (!(value < at(child))) break;
    order[hole] = intAt(order, child);
    hole = child;
  }
  order[hole] = position;
};

const swap = (order: Int32Array, a: number, b: number): void => {
  const kept = intAt(order, a);
  order[a] = intAt(order, b);
  order[b] = kept;
};
