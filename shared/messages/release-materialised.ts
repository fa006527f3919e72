import * as t from 'io-ts';
import { SymbolUsdt } from '../contract/primitives.js';
import { envelope } from './envelope.js';
import { ObjectReference, runFacts } from './run-facts.js';

/**
 * A complete release lies under `releases/<version>/`. Publishing this message again with the
 * attributes `intent=rollback`, `reason` and `expected_seq` rolls back to it.
 */
export const ReleaseMaterialised = envelope('release-materialised', {
  ...runFacts,
  /** In pool order. */
  symbols: t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt'),
  manifest: ObjectReference,
});
export type ReleaseMaterialised = t.TypeOf<typeof ReleaseMaterialised>;
