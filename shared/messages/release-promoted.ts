import * as t from 'io-ts';
import { AsOfDate, Mode, PositiveInteger, Version } from '../codec/primitives.js';
import { envelopeWithOptional } from './envelope.js';
import { Intent, ObjectReference } from './run-fields.js';

/** The ledger has a new head, which was copied to `current/`. */
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
    /** The HTML report on the release, if it could be rendered. */
    report: ObjectReference,
  },
);
export type ReleasePromoted = t.TypeOf<typeof ReleasePromoted>;
