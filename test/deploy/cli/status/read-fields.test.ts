import assert from 'node:assert/strict';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { lostStateIn } from '../../../../deploy/cli/status/fields.js';
import { readStatusFields } from '../../../../deploy/cli/status/read-fields.js';
import { permanent } from '../../../../shared/codec/failure.js';
import type { AsOfDate, Sha256, Timestamp, Version } from '../../../../shared/codec/primitives.js';
import { ledgerPath, promotionPath } from '../../../../shared/document-paths.js';
import { currentKey, releaseKey } from '../../../../shared/object-keys.js';
import type { DocumentStore } from '../../../../shared/ports/document-store.js';
import { type LedgerEntry, sealEntry } from '../../../../shared/promotion/ledger.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { alterObject, handMadeRelease, putRelease } from '../../../support/hand-made-release.js';
import { memoryWorld, SUMMARY } from '../../../support/memory-world.js';

const RELEASES = ['2026-01-31', '2026-02-28', '2026-03-31'].map((day) => handMadeRelease(day));
const HASH = 'a'.repeat(64) as Sha256;

const LEDGER = RELEASES.reduce<readonly LedgerEntry[]>((before, { version, sha256 }, at) => {
  const day = version.slice(0, 10);
  const entry = sealEntry({
    seq: (at + 1) as LedgerEntry['seq'],
    ...{ version, as_of_date: day as AsOfDate, intent: 'publish', from_version: null },
    ...{ reason: null, actor: 'test', event_id: HASH, allow_stale: false },
    manifest_sha256: sha256.artifact_manifest,
    promoted_at: `${day}T13:00:00+00:00` as Timestamp,
    prev_hash: before.at(-1)?.hash ?? null,
  });
  return before.concat(entry);
}, []);

interface Left {
  /** Of the ledger; the head is the last of them. */
  readonly entries?: readonly LedgerEntry[];
  readonly hasState?: boolean;
  /** The promotion that the document names, or that it names none. */
  readonly document?: number | null;
  readonly current?: number | null;
  /** Alters an artifact of the current release. */
  readonly altered?: string;
  /** Between the world and the command. */
  readonly documents?: (documents: DocumentStore) => DocumentStore;
}

/** What `status` makes of a deployment of which that much is left. */
const look = async ({
  entries = [],
  hasState = entries.length > 0,
  document,
  current,
  altered,
  documents: wrapped = (documents) => documents,
}: Left) => {
  const { environment } = memoryWorld();
  const { objects, documents } = environment;
  for (const release of RELEASES) await putRelease(objects, release);
  if (altered !== undefined)
    await alterObject(objects, releaseKey('2026-03-31-core_major' as Version, altered));
  for (const entry of entries)
    getOrThrow(await documents.create(ledgerPath(entry.seq), { ...entry })());
  const last = entries.at(-1);
  if (hasState && last !== undefined) {
    const { seq, version, hash, as_of_date } = last;
    const state = { head: { seq, version, key: HASH, hash }, frontier: as_of_date };
    getOrThrow(await documents.create(promotionPath, { ...state, revoked: [], known: {} })());
  }
  if (document !== undefined)
    getOrThrow(
      await documents.create(SUMMARY, {
        version: '2026-03-31-core_major',
        ...(document === null ? {} : { promotion_seq: document }),
      })(),
    );
  if (current !== undefined)
    getOrThrow(
      await objects.write(currentKey('live_pool.json'), new Uint8Array(), {
        ...{ ifGenerationMatch: 0, contentType: 'application/json' },
        metadata: current === null ? {} : { promotion_seq: String(current) },
      })(),
    );
  return readStatusFields(
    {
      ...environment,
      documents: wrapped(documents),
      deadLetters: {
        list: () => TE.left(permanent('configuration', 'forbidden')),
        peek: () => TE.left(permanent('configuration', 'forbidden')),
        discard: () => TE.left(permanent('configuration', 'forbidden')),
      },
      commandLine: (args) => args,
      unfinished: async () => undefined,
      nextRunArgs: async () => 'run',
      shadowBuildArgs: async () => 'monthly-shadow-build',
    },
    45,
  );
};

describe('what status finds of the ledger and the current release', () => {
  for (const [when, left, loss] of [
    ['there is nothing at all', {}, undefined],
    ['all is there', { entries: LEDGER, document: 3, current: 3 }, undefined],
    ['readers are behind', { entries: LEDGER, document: 2, current: 1 }, undefined],
    [
      'the document is ahead',
      { entries: LEDGER, document: 9, current: 3 },
      'readers are ahead of the ledger (9 > 3)',
    ],
    [
      'current/ is ahead',
      { entries: LEDGER.slice(0, 1), document: 1, current: 2 },
      'readers are ahead of the ledger (2 > 1)',
    ],
    [
      'only the document is left',
      { document: 9 },
      'the promotion state is lost (readers have promotion 9)',
    ],
    [
      'only current/ is left',
      { current: 4 },
      'the promotion state is lost (readers have promotion 4)',
    ],
    ['a document is from before this system', { document: null }, undefined],
    ['a bucket is from before this system', { document: null, current: null }, undefined],
    [
      'only the ledger is left',
      { entries: LEDGER, hasState: false },
      'the promotion state is lost (there is a ledger)',
    ],
  ] as const satisfies readonly (readonly [string, Left, string | undefined])[])
    it(`is "${loss ?? 'nothing lost'}" if ${when}`, async () =>
      assert.equal(lostStateIn(await look(left)), loss));

  for (const file of ['live_pool.json', 'artifact_manifest.json'])
    it(`reports a current release whose ${file} differs from the promoted one`, async () => {
      const { drift } = await look({ entries: LEDGER, altered: file });
      assert.match(
        String(drift.release),
        new RegExp(`^releases/2026-03-31-core_major/${file} is altered: expected SHA-256 `, 'u'),
      );
    });

  it('reports any changed entry', async () => {
    const [first, ...others] = LEDGER;
    assert.ok(first);
    const changed = { ...first, actor: 'another operator' };
    const { drift, entry } = await look({ entries: [changed, ...others] });
    assert.deepEqual(drift.ledger, ['entry 1: its content does not give its hash']);
    assert.equal(entry?.seq, 3);
  });

  it('reports an entry that is not a ledger entry', async () => {
    const [first, ...others] = LEDGER;
    assert.ok(first);
    const { drift, head } = await look({
      entries: [{ ...first, hash: 'x' as Sha256 }, ...others],
    });
    assert.match(drift.ledger.join(), /^ledger entry 00000001: hash: expected/);
    assert.equal(head?.seq, 3);
  });

  it('has no drift if a promotion happens during the read', async () => {
    let isFirst = true;
    const { drift, head } = await look({
      entries: LEDGER,
      documents: (documents) => ({
        ...documents,
        list: (collection) => {
          const isStale = isFirst;
          isFirst = false;
          return isStale ? TE.right([]) : documents.list(collection);
        },
        get: (path) =>
          isFirst && path.document === promotionPath.document
            ? TE.right(O.none)
            : documents.get(path),
      }),
    });
    assert.deepEqual(drift.ledger, []);
    assert.equal(head?.seq, 3);
  });
});
