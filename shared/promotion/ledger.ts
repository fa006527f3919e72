import * as t from 'io-ts';
import { canonicalJson, sha256 } from '../codec/hash.js';
import { AsOfDate, PositiveInteger, Sha256, Timestamp, Version } from '../codec/primitives.js';
import { Intent } from '../messages/run-fields.js';

/**
 * One promotion; immutable. `hash` covers all other fields; `prev_hash` links the previous entry.
 */
export const LedgerEntry = t.strict(
  {
    seq: PositiveInteger,
    version: Version,
    as_of_date: AsOfDate,
    intent: Intent,
    from_version: t.union([Version, t.null], 'Version or null'),
    reason: t.union([t.string, t.null], 'string or null'),
    /** The function or person that made the promotion. */
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

const hashOfEntry = (entry: Omit<LedgerEntry, 'hash'>): Sha256 => sha256(canonicalJson(entry));

export const sealEntry = (entry: Omit<LedgerEntry, 'hash'>): LedgerEntry => ({
  ...entry,
  hash: hashOfEntry(entry),
});

/**
 * Verifies the hash chain of a ledger, oldest entry first, up to `head`. Reports entries that were
 * changed, removed, inserted or cut off at the end. Needs no other input.
 */
export const verifyChain = (
  entries: readonly LedgerEntry[],
  head: { readonly seq: number; readonly hash: string } | null,
): readonly string[] => {
  const problems: string[] = [];
  let previous: LedgerEntry | undefined;
  for (const entry of entries) {
    const { hash, ...content } = entry;
    const expectedSeq = (previous?.seq ?? 0) + 1;
    if (entry.seq !== expectedSeq)
      problems.push(`entry ${entry.seq}: expected sequence ${expectedSeq}`);
    if (entry.prev_hash !== (previous?.hash ?? null))
      problems.push(`entry ${entry.seq}: prev_hash is not the hash of the entry before`);
    if (hashOfEntry(content) !== hash)
      problems.push(`entry ${entry.seq}: its content does not give its hash`);
    previous = entry;
  }
  if (previous?.seq !== head?.seq || previous?.hash !== head?.hash)
    problems.push(
      `the promotion state's head is ${head?.seq ?? 'none'}, the ledger's last entry ${previous?.seq ?? 'none'}, or their hashes differ`,
    );
  return problems;
};
