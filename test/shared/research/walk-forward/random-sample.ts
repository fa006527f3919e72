import type { Sample } from '../../../../shared/research/sample.js';
import { seededRandom } from '../../../support/synthetic-bars.js';

const NAMES = 2;
const COLUMNS = 3;

/** Two names on every date, random features, a target that is known but for the last 30 dates. */
export const randomSample = (dates: number): Sample => {
  const random = seededRandom(5);
  const rows = dates * NAMES;
  const target = Float64Array.from({ length: rows }, (_, row) =>
    row < (dates - 30) * NAMES ? random() : Number.NaN,
  );
  const values = Float64Array.from({ length: rows * COLUMNS }, () => random());
  return {
    offsets: Int32Array.from({ length: dates + 1 }, (_, date) => date * NAMES),
    features: { rows, columns: COLUMNS, values },
    targets: { blended_rank_pct: target, future_topk_label_60: target.map(Math.round) },
  };
};
