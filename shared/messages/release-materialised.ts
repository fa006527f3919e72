import * as t from 'io-ts';
import { SymbolUsdt } from '../codec/primitives.js';
import { envelopeWithOptional } from './envelope.js';
import { ObjectReference, runFields } from './run-fields.js';

/**
 * A complete release exists under `releases/<version>/`. Publishing this message again with the
 * attributes `intent=rollback`, `reason` and `expected_seq` rolls back to it.
 */
export const ReleaseMaterialised = envelopeWithOptional(
  'release-materialised',
  {
    ...runFields,
    /** In pool order. */
    symbols: t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt'),
    manifest: ObjectReference,
  },
  {
    /** The HTML report on the release, if it could be rendered. */
    report: ObjectReference,
  },
);
export type ReleaseMaterialised = t.TypeOf<typeof ReleaseMaterialised>;
