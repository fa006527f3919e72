import type * as t from 'io-ts';
import { envelopeWithOptional } from './envelope.js';
import { ObjectReference, optionalRunFields, runFields } from './run-fields.js';

/** A snapshot of closed daily bars is sealed. `snapshot` refers to its manifest. */
export const MarketDataIngested = envelopeWithOptional(
  'market-data-ingested',
  {
    ...runFields,
    snapshot: ObjectReference,
  },
  optionalRunFields,
);
export type MarketDataIngested = t.TypeOf<typeof MarketDataIngested>;
