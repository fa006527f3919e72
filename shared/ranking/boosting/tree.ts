import { floatAt, intAt } from '../../typed-arrays.js';
import { addRows, fillRoot } from './accumulate.js';
import type { Dataset, DatasetFeature } from './dataset.js';
import {
  type Histogram,
  type Layout,
  layoutOf,
  restoreMostFrequent,
  subtractHistogram,
  type Totals,
} from './histogram.js';
import type { BoostingParameters } from './model.js';
import { addNode, emptyNodes, type Nodes } from './nodes.js';
import { partitionRows } from './partition.js';
import { findSplit, type Search, type Split } from './split.js';
import { sumOf } from './sum.js';

/** The buffers that all trees of a training run share; each tree overwrites them. */
export interface Grower {
  readonly dataset: Dataset;
  readonly leaves: number;
  readonly minRowsInLeaf: number;
  /** All rows, grouped by leaf, ascending within a leaf. */
  readonly rowOrder: Int32Array;
  /** Gradients in the order of `rowOrder`, for the leaf whose histogram is being built. */
  readonly gathered: Float64Array;
  readonly scratch: Int32Array;
  readonly goesLeft: Uint8Array;
  /** One per leaf, which is enough if all leaves can still be split. */
  readonly histograms: readonly Histogram[];
}

/** A leaf: its rows are those at positions `begin` to `begin + count` of the row order. */
export interface Leaf extends Totals {
  readonly begin: number;
  /** The histogram of a leaf that can be split, and how. */
  readonly histogram?: Histogram;
  readonly search?: Search;
}

/** A grown tree; its leaves are ranges of the grower's row order. */
export interface GrownTree {
  readonly nodes: Nodes;
  readonly leaves: readonly Leaf[];
}

export const createGrower = (
  dataset: Dataset,
  { leaves, minRowsInLeaf }: Pick<BoostingParameters, 'leaves' | 'minRowsInLeaf'>,
): Grower => ({
  dataset,
  leaves,
  minRowsInLeaf,
  rowOrder: new Int32Array(dataset.rows),
  gathered: new Float64Array(dataset.rows),
  scratch: new Int32Array(dataset.rows),
  goesLeft: new Uint8Array(256),
  histograms: Array.from({ length: leaves }, () => new Float64Array(2 * dataset.rowsPerBin.length)),
});

/**
 * The number of the leaf with the largest gain; of equal ones the first feature, the first leaf.
 */
const leafToSplit = (leaves: readonly Leaf[]): number => {
  let chosen = -1;
  let best: Split | undefined;
  for (let i = 0; i < leaves.length; i += 1) {
    const split = leaves[i]?.search?.best;
    if (split === undefined) continue;
    if (
      best === undefined ||
      split.gain > best.gain ||
      (split.gain === best.gain && split.feature < best.feature)
    ) {
      best = split;
      chosen = i;
    }
  }
  return chosen;
};

// Loops are separate functions: inside `rootOf`, V8 would compile them while they run and return to
// the interpreter when they end, for every tree.
const fillInOrder = (rowOrder: Int32Array): void => {
  for (let i = 0; i < rowOrder.length; i += 1) rowOrder[i] = i;
};

const gather = (
  gathered: Float64Array,
  gradients: Float64Array,
  rowOrder: Int32Array,
  begin: number,
  end: number,
): void => {
  for (let i = begin; i < end; i += 1) gathered[i] = floatAt(gradients, intAt(rowOrder, i));
};

const rootOf = (grower: Grower, layout: Layout, gradients: Float64Array): Leaf => {
  const { dataset, rowOrder, minRowsInLeaf } = grower;
  const count = dataset.rows;
  fillInOrder(rowOrder);
  const root = { begin: 0, count, sum: sumOf(gradients) };
  if (count < 2 * minRowsInLeaf) return root;
  const histogram = grower.histograms[0] as Histogram;
  fillRoot(histogram, dataset, layout, gradients);
  restoreMostFrequent(histogram, dataset, layout.features, layout, root);
  const search = findSplit(histogram, dataset, layout.features, layout, root, minRowsInLeaf);
  return { ...root, histogram, search };
};

/** Divides the rows of a leaf between its children. */
const divide = (
  grower: Grower,
  leaf: Leaf,
  { feature, bin, missingLeft, left }: Split,
): [Leaf, Leaf] => {
  const { dataset, rowOrder, scratch, goesLeft } = grower;
  const { binCount, hasMissingBin } = (dataset.features[feature] as DatasetFeature).mapping;
  goesLeft.fill(1, 0, bin + 1).fill(0, bin + 1);
  if (hasMissingBin) goesLeft[binCount - 1] = missingLeft ? 1 : 0;
  const binOfRow = dataset.bins.subarray(feature * dataset.rows, (feature + 1) * dataset.rows);
  const { begin, count, sum } = leaf;
  const middle = partitionRows(rowOrder, begin, begin + count, binOfRow, goesLeft, scratch);
  return [
    { begin, ...left },
    { begin: middle, count: count - left.count, sum: sum - left.sum },
  ];
};

/**
 * The larger child takes over the histogram of the split leaf; the smaller one (the right one if
 * both are equal) is counted from its rows. Histograms that are no longer needed return to `spare`.
 */
const searchChildren = (
  grower: Grower,
  layout: Layout,
  gradients: Float64Array,
  parent: Histogram,
  features: Int32Array,
  [left, right]: readonly [Leaf, Leaf],
  spare: Histogram[],
): [Leaf, Leaf] => {
  const { dataset, rowOrder, gathered, minRowsInLeaf } = grower;
  const leftIsSmaller = left.count < right.count;
  const [smaller, larger] = leftIsSmaller ? [left, right] : [right, left];
  if (larger.count < 2 * minRowsInLeaf) {
    spare.push(parent);
    return [left, right];
  }
  const counted = spare.pop() as Histogram;
  const { begin, count } = smaller;
  gather(gathered, gradients, rowOrder, begin, begin + count);
  counted.fill(0, 0, layout.length);
  addRows(counted, dataset, features, layout, rowOrder, begin, begin + count, gathered);
  restoreMostFrequent(counted, dataset, features, layout, smaller);
  subtractHistogram(parent, counted, layout.length);

  const searched = (leaf: Leaf, histogram: Histogram): Leaf => {
    const search =
      leaf.count < 2 * minRowsInLeaf
        ? undefined
        : findSplit(histogram, dataset, features, layout, leaf, minRowsInLeaf);
    if (search?.best !== undefined) return { ...leaf, histogram, search };
    spare.push(histogram);
    return leaf;
  };
  const smallerSearched = searched(smaller, counted);
  const largerSearched = searched(larger, parent);
  return leftIsSmaller ? [smallerSearched, largerSearched] : [largerSearched, smallerSearched];
};

/**
 * Grows one tree leaf by leaf, best first (LIGHTGBM.md §7), over the features of `subset`
 * (ascending indices into the dataset's features). `gradients` is by row. Undefined if the root has
 * no split.
 */
export const growTree = (
  grower: Grower,
  gradients: Float64Array,
  subset: Int32Array,
): GrownTree | undefined => {
  const { dataset, histograms } = grower;
  const layout = layoutOf(dataset, subset);
  const spare = histograms.slice(1);
  const nodes = emptyNodes();
  const leaves: Leaf[] = [rootOf(grower, layout, gradients)];
  while (leaves.length < grower.leaves) {
    const chosen = leafToSplit(leaves);
    const leaf = leaves[chosen];
    if (leaf?.search?.best === undefined || leaf.histogram === undefined) break;
    const { best, splittable } = leaf.search;
    addNode(nodes, chosen, leaves.length, best, dataset.features[best.feature] as DatasetFeature);
    let children = divide(grower, leaf, best);
    // The children of the last split are never split, so they need no histograms.
    if (leaves.length + 1 < grower.leaves) {
      children = searchChildren(
        grower,
        layout,
        gradients,
        leaf.histogram,
        splittable,
        children,
        spare,
      );
    }
    leaves[chosen] = children[0];
    leaves.push(children[1]);
  }
  return leaves.length > 1 ? { nodes, leaves } : undefined;
};
