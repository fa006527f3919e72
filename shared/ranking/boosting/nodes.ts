import { floatAt } from '../../typed-arrays.js';
import type { DatasetFeature } from './dataset.js';
import type { Split } from './split.js';

/** The nodes of a growing tree; `Tree` describes the fields. */
export interface Nodes {
  readonly splitFeature: number[];
  readonly threshold: number[];
  readonly missingLeft: boolean[];
  readonly left: number[];
  readonly right: number[];
}

export const emptyNodes = (): Nodes => ({
  splitFeature: [],
  threshold: [],
  missingLeft: [],
  left: [],
  right: [],
});

/** Replaces leaf `leaf` by a node. The leaf becomes its left child; `right` is a new leaf. */
export const addNode = (
  nodes: Nodes,
  leaf: number,
  right: number,
  split: Split,
  on: DatasetFeature,
): void => {
  const node = nodes.splitFeature.length;
  for (const children of [nodes.left, nodes.right]) {
    const at = children.indexOf(~leaf);
    if (at >= 0) children[at] = node;
  }
  const { upperBounds, hasMissingBin } = on.mapping;
  // JSON has no Infinity; this is the largest number.
  const threshold = Math.min(floatAt(upperBounds, split.bin), Number.MAX_VALUE);
  nodes.splitFeature.push(on.column);
  nodes.threshold.push(threshold);
  // Without its own bin, NaN is treated as 0.
  nodes.missingLeft.push(hasMissingBin ? split.missingLeft : threshold >= 0);
  nodes.left.push(~leaf);
  nodes.right.push(~right);
};
