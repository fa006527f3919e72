import type * as t from 'io-ts';
import { envelope } from './envelope.js';
import { ObjectReference, runFields } from './run-fields.js';

/** A snapshot of closed daily bars is sealed. `snapshot` refers to its manifest. */
export const MarketDataIngested = envelope('market-data-ingested', {
  ...runFields,
  snapshot: ObjectReference,
});
export type MarketDataIngested = t.TypeOf<typeof MarketDataIngested>;
