import * as t from 'io-ts';
import { AsOfDate, PositiveInteger, Sha256, Version } from '../codec/primitives.js';

/** The head of the ledger, which is the current promotion. */
const Head = t.strict(
  { seq: PositiveInteger, version: Version, key: Sha256, hash: Sha256 },
  'Head',
);

/** The complete input of `decide` besides the message. One small document. */
export const PromotionState = t.strict(
  {
    head: t.union([Head, t.null], 'Head or null'),
    /** The highest as_of_date ever promoted with intent publish or restate. */
    frontier: t.union([AsOfDate, t.null], 'AsOfDate or null'),
    /** Versions that a rollback or restatement replaced. */
    revoked: t.array(Version, 'array of Version'),
    /** Ledger key → sequence, for every promotion ever recorded. */
    known: t.record(t.string, PositiveInteger),
  },
  'PromotionState',
);
export type PromotionState = t.TypeOf<typeof PromotionState>;

export const initialState: PromotionState = {
  head: null,
  frontier: null,
  revoked: [],
  known: {},
};
