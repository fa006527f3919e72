import * as t from 'io-ts';
import { AsOfDate, Mode, PositiveInteger, Version } from '../codec/primitives.js';
import { envelopeWithOptional } from './envelope.js';
import { Intent, ObjectReference } from './run-fields.js';

/** The ledger names a new head and `current/` shows it. */
export const ReleasePromoted = envelopeWithOptional(
  'release-promoted',
  {
    mode: Mode,
    as_of_date: AsOfDate,
    version: Version,
    promotion_seq: PositiveInteger,
    intent: Intent,
    from_version: t.union([Version, t.null], 'Version or null'),
    /** The release's own manifest, under `releases/`. */
    manifest: ObjectReference,
  },
  {
    /** The page about the release, if it could be drawn. */
    report: ObjectReference,
  },
);
export type ReleasePromoted = t.TypeOf<typeof ReleasePromoted>;
