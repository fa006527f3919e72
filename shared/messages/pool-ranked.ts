import type * as t from 'io-ts';
import { envelope } from './envelope.js';
import { ObjectReference, runFacts } from './run-fields.js';

/** The universe is ranked and the pool chosen. `ranking` refers to the complete evidence. */
export const PoolRanked = envelope('pool-ranked', {
  ...runFacts,
  snapshot: ObjectReference,
  ranking: ObjectReference,
});
export type PoolRanked = t.TypeOf<typeof PoolRanked>;
