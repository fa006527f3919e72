import * as t from 'io-ts';
import { AsOfDate, PositiveInteger, Sha256, Timestamp, Version } from '../contract/primitives.js';
import { canonicalJson, sha256 } from '../hash.js';
import { Intent } from '../messages/run-facts.js';

/** One promotion, for ever. `hash` covers all other fields, `prev_hash` chains it to the one before. */
export const LedgerEntry = t.strict(
  {
    seq: PositiveInteger,
    version: Version,
    as_of_date: AsOfDate,
    intent: Intent,
    from_version: t.union([Version, t.null], 'Version or null'),
    reason: t.union([t.string, t.null], 'string or null'),
    /** The function or person that promoted. */
    actor: t.string,
    event_id: Sha256,
    manifest_sha256: Sha256,
    allow_stale: t.boolean,
    promoted_at: Timestamp,
    prev_hash: t.union([Sha256, t.null], 'Sha256 or null'),
    hash: Sha256,
  },
  'LedgerEntry',
);
export type LedgerEntry = t.TypeOf<typeof LedgerEntry>;

export const hashOfEntry = (entry: Omit<LedgerEntry, 'hash'>): Sha256 =>
  sha256(canonicalJson(entry));

export const sealEntry = (entry: Omit<LedgerEntry, 'hash'>): LedgerEntry => ({
  ...entry,
  hash: hashOfEntry(entry),
});

/** Zero-padded, so that names sort as sequences do. */
export const ledgerDocument = (seq: PositiveInteger): string => String(seq).padStart(8, '0');
