import * as t from 'io-ts';
import { AsOfDate, Mode, PositiveInteger, SymbolUsdt, Version } from '../codec/primitives.js';
import { envelopeWithOptional } from './envelope.js';
import { Intent, ObjectReference } from './run-fields.js';

/** Readers now see this pool. Drop every event whose `promotion_seq` is not above the last seen. */
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
    /** The release's own manifest, under `releases/`: it never changes. */
    manifest: ObjectReference,
    /** `<collection>/<document>` of the Firestore summary. */
    document: t.string,
  },
  {
    /** One HTML page about the release, if it could be drawn. */
    report: ObjectReference,
  },
);
export type LivePoolPublished = t.TypeOf<typeof LivePoolPublished>;

/** Whatever brought it about, promotion n is published under one event id. */
export const publicationIdentity = (
  promotionSeq: PositiveInteger,
): { readonly promotion_seq: PositiveInteger } => ({ promotion_seq: promotionSeq });
