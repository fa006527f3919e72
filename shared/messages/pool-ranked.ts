import * as t from 'io-ts';
import { envelope } from './envelope.js';
import { ObjectReference, runFacts } from './run-facts.js';

/** The universe is ranked and the pool chosen. `ranking` refers to the complete evidence. */
export const PoolRanked = envelope(
  'pool-ranked',
  t.strict({ ...runFacts, snapshot: ObjectReference, ranking: ObjectReference }),
);
export type PoolRanked = t.TypeOf<typeof PoolRanked>;
