import type { Sample } from '../../shared/research/sample.js';

const share = (values: Float64Array): Float64Array => {
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
};

/** Copies the sample to shared memory, so that workers do not each receive a copy. */
export const inSharedMemory = ({ offsets, features, targets }: Sample): Sample => ({
  offsets,
  features: { ...features, values: share(features.values) },
  targets: {
    blended_rank_pct: share(targets.blended_rank_pct),
    future_topk_label_60: share(targets.future_topk_label_60),
  },
});
