import assert from 'node:assert/strict';
import { decode } from '../../../shared/codec/decode.js';
import { sha256 } from '../../../shared/codec/hash.js';
import type {
  AsOfDate,
  PositiveInteger,
  Sha256,
  Timestamp,
  Version,
} from '../../../shared/codec/primitives.js';
import { ledgerDocument } from '../../../shared/document-paths.js';
import { LedgerEntry, sealEntry, verifyChain } from '../../../shared/promotion/ledger.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const chain = (length: number): readonly LedgerEntry[] => {
  const entries: LedgerEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1)
    entries.push(
      sealEntry({
        seq: seq as PositiveInteger,
        version: '2025-12-31-core_major' as Version,
        as_of_date: '2025-12-31' as AsOfDate,
        intent: 'publish',
        from_version: seq === 1 ? null : ('2025-11-30-core_major' as Version),
        reason: null,
        actor: 'a test',
        event_id: sha256(`event ${seq}`),
        manifest_sha256: sha256(`manifest ${seq}`),
        allow_stale: false,
        promoted_at: '2026-01-01T00:30:00+00:00' as Timestamp,
        prev_hash: entries.at(-1)?.hash ?? null,
      }),
    );
  return entries;
};

const HEAD = chain(4).at(-1) ?? null;

/** What is wrong with the entries under the head that the state remembers. */
const broken = (entries: readonly LedgerEntry[]): readonly string[] => verifyChain(entries, HEAD);

const replaced = (
  entries: readonly LedgerEntry[],
  at: number,
  change: Partial<LedgerEntry>,
): readonly LedgerEntry[] =>
  entries.map((entry, index) => (index === at ? { ...entry, ...change } : entry));

const CHANGES: readonly Partial<LedgerEntry>[] = [
  { seq: 9 as PositiveInteger },
  { version: '2025-12-31-broad_liquid' as Version },
  { as_of_date: '2026-01-31' as AsOfDate },
  { intent: 'rollback' },
  { from_version: '2025-10-31-core_major' as Version },
  { reason: 'another' },
  { actor: 'an-operator' },
  { event_id: 'e'.repeat(64) as Sha256 },
  { manifest_sha256: 'f'.repeat(64) as Sha256 },
  { allow_stale: true },
  { promoted_at: '2026-01-01T00:30:01+00:00' as Timestamp },
  { prev_hash: 'a'.repeat(64) as Sha256 },
  { hash: 'b'.repeat(64) as Sha256 },
];

describe('The ledger', () => {
  const entries = chain(4);

  it('is valid as it was written', () => {
    assert.deepEqual(broken(entries), []);
  });

  it('is read as it was written, and is still valid', () => {
    const stored: unknown = JSON.parse(
      JSON.stringify(entries.map((one) => LedgerEntry.encode(one))),
    );
    assert.ok(Array.isArray(stored));
    const read = stored.map((one) => getOrThrow(decode(LedgerEntry)(one)));
    assert.deepEqual(read, entries);
    assert.deepEqual(broken(read), []);
  });

  it('is valid if a store returns the fields of an entry in another order', () => {
    const shuffled = entries.map(
      (entry) => Object.fromEntries(Object.entries(entry).sort().reverse()) as LedgerEntry,
    );
    assert.deepEqual(broken(shuffled), []);
  });

  it('has a change for every field of an entry', () => {
    const fields = Object.keys(entries[0] ?? {}).sort();
    assert.deepEqual(CHANGES.flatMap((change) => Object.keys(change)).sort(), fields);
  });

  for (const change of CHANGES)
    it(`detects a change of ${Object.keys(change).join()}`, () => {
      entries.forEach((_, at) => {
        assert.notDeepEqual(broken(replaced(entries, at, change)), []);
      });
    });

  it('detects a change even if the entry was sealed again', () => {
    const forged = entries.map((entry, index) => {
      const { hash: _, ...content } = entry;
      return index === 1 ? sealEntry({ ...content, reason: 'forged' }) : entry;
    });
    assert.deepEqual(broken(forged), ['entry 3: prev_hash is not the hash of the entry before']);
  });

  it('detects that its last entry was sealed again, by the hash in the state', () => {
    const { hash: _, ...content } = pick(entries, 3);
    const forged = entries.with(3, sealEntry({ ...content, reason: 'forged' }));
    assert.deepEqual(broken(forged), [
      "the promotion state's head is 4, the ledger's last entry 4, or their hashes differ",
    ]);
  });

  it('detects an entry that is missing, duplicated or out of place', () => {
    entries.forEach((entry, at) => {
      assert.notDeepEqual(broken(entries.toSpliced(at, 1)), [], `${at} is missing`);
      assert.notDeepEqual(broken(entries.toSpliced(at, 0, entry)), [], `${at} is there twice`);
      if (at === 0) return;
      const swapped = entries.with(at - 1, entry).with(at, pick(entries, at - 1));
      assert.notDeepEqual(broken(swapped), [], `${at} is out of place`);
    });
  });

  it('detects that its last entries were removed', () => {
    assert.deepEqual(broken(entries.slice(0, 2)), [
      "the promotion state's head is 4, the ledger's last entry 2, or their hashes differ",
    ]);
    assert.deepEqual(broken([]), [
      "the promotion state's head is 4, the ledger's last entry none, or their hashes differ",
    ]);
    assert.deepEqual(verifyChain([], null), []);
    assert.equal(verifyChain(entries, null).length, 1);
  });

  it('has documents whose names sort as sequences do', () => {
    const names = [1, 2, 9, 10, 99, 100, 12_345_678].map((seq) =>
      ledgerDocument(seq as PositiveInteger),
    );
    assert.deepEqual(names.toSorted(), names);
    assert.equal(names[0], '00000001');
  });
});

const pick = (entries: readonly LedgerEntry[], at: number): LedgerEntry => {
  const entry = entries[at];
  if (entry === undefined) throw new Error(`there is no entry ${at}`);
  return entry;
};
