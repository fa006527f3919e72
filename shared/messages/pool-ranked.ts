import type * as t from 'io-ts';
import { envelopeWithOptional } from './envelope.js';
import { ObjectReference, optionalRunFields, runFields } from './run-fields.js';

/** The universe is ranked and the pool selected. `ranking` refers to the complete ranking. */
export const PoolRanked = envelopeWithOptional(
  'pool-ranked',
  {
    ...runFields,
    snapshot: ObjectReference,
    ranking: ObjectReference,
  },
  optionalRunFields,
);
export type PoolRanked = t.TypeOf<typeof PoolRanked>;
