import type * as t from 'io-ts';
import { envelope } from './envelope.js';
import { ObjectReference, runFields } from './run-fields.js';

/** The universe is ranked and the pool selected. `ranking` refers to the complete ranking. */
export const PoolRanked = envelope('pool-ranked', {
  ...runFields,
  snapshot: ObjectReference,
  ranking: ObjectReference,
});
export type PoolRanked = t.TypeOf<typeof PoolRanked>;
