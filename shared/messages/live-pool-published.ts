import * as t from 'io-ts';
import { AsOfDate, Mode, PositiveInteger, SymbolUsdt, Version } from '../codec/primitives.js';
import { envelopeWithOptional } from './envelope.js';
import { Intent, ObjectReference } from './run-fields.js';

/** A pool was published. Readers drop events whose `promotion_seq` is not above the last one. */
export const LivePoolPublished = envelopeWithOptional(
  'live-pool-published',
  {
    mode: Mode,
    as_of_date: AsOfDate,
    version: Version,
    promotion_seq: PositiveInteger,
    intent: Intent,
    pool_size: PositiveInteger,
    /** In pool order. */
    symbols: t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt'),
    /** The release's own manifest, under `releases/`, which is immutable. */
    manifest: ObjectReference,
    /** `<collection>/<document>` of the Firestore summary. */
    document: t.string,
  },
  {
    /** An HTML report on the release, if it could be rendered. */
    report: ObjectReference,
  },
);
export type LivePoolPublished = t.TypeOf<typeof LivePoolPublished>;

/** The event id depends on the promotion sequence alone, not on what caused the promotion. */
export const publicationIdentity = (
  promotionSeq: PositiveInteger,
): { readonly promotion_seq: PositiveInteger } => ({ promotion_seq: promotionSeq });
