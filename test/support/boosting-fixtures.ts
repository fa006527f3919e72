import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import * as t from 'io-ts';
import { decodeJson } from '../../shared/codec/decode.js';
import type { Matrix } from '../../shared/ranking/boosting/matrix.js';
import { getOrThrow } from './get-or-throw.js';

export const BOOSTING_FIXTURES = [
  'small',
  'edge',
  'medium',
  'heavy',
  'orthogonal',
  'const_y',
  'efb_conflict',
] as const;

/** What those do not show; trees and predictions only. */
export const FURTHER_BOOSTING_FIXTURES = ['modal', 'missing_modal', 'missing'] as const;

export type BoostingFixtureName =
  | (typeof BOOSTING_FIXTURES)[number]
  | (typeof FURTHER_BOOSTING_FIXTURES)[number];

const orNull = <C extends t.Mixed>(codec: C) => t.union([codec, t.null]);

const Bins = t.type({
  upper: t.array(orNull(t.number)),
  num_bin: t.number,
  default_bin: t.number,
  most_freq_bin: t.number,
  has_nan_bin: t.boolean,
});

const ReferenceTree = t.intersection([
  t.type({
    split_feature: t.array(t.number),
    threshold: t.array(t.number),
    left: t.array(t.number),
    right: t.array(t.number),
    leaf_value: t.array(t.number),
  }),
  t.partial({ default_left: t.array(t.boolean) }),
]);
export type ReferenceTree = t.TypeOf<typeof ReferenceTree>;

const Expected = t.type({
  rows: t.number,
  columns: t.number,
  test_rows: t.number,
  n_estimators: t.number,
  valid_features: orNull(t.array(t.number)),
  feature_subset_per_boosting_round: orNull(t.array(t.array(t.number))),
  pred_train_sha256: t.string,
  bins: orNull(t.array(orNull(Bins))),
  trees: t.array(orNull(ReferenceTree)),
});

/** What the library computed, see test/golden/boosting/README.md. */
export interface BoostingFixture {
  readonly training: Matrix;
  readonly target: Float64Array;
  readonly heldOut: Matrix;
  readonly heldOutPredictions: Float64Array;
  readonly expected: t.TypeOf<typeof Expected>;
}

const read = (file: string): Buffer =>
  brotliDecompressSync(readFileSync(new URL(`../golden/boosting/${file}.br`, import.meta.url)));

export const boostingFixture = (name: BoostingFixtureName): BoostingFixture => {
  const expected = getOrThrow(decodeJson(Expected, name)(read(`${name}.json`).toString('utf8')));
  const { rows, columns, test_rows: heldOutRows } = expected;
  const bytes = read(`${name}.f64`);
  const numbers = new Float64Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
  let taken = 0;
  const take = (count: number): Float64Array => {
    taken += count;
    return numbers.slice(taken - count, taken);
  };
  return {
    training: { rows, columns, values: take(rows * columns) },
    target: take(rows),
    heldOut: { rows: heldOutRows, columns, values: take(heldOutRows * columns) },
    heldOutPredictions: take(heldOutRows),
    expected,
  };
};
