import * as t from 'io-ts';
import type { Target } from '../../ranking/models/labels.js';

/** The targets that a track's models may learn. */
const TARGETS = {
  blended_rank_pct: null,
  future_topk_label_60: null,
} as const satisfies Readonly<Record<Target, null>>;

export const TargetName = t.keyof(TARGETS, Object.keys(TARGETS).join(' or '));
