import assert from 'node:assert/strict';
import type { PositiveInteger, Sha256 } from '../../../shared/codec/primitives.js';
import { firestoreDocument } from '../../../shared/contract/firestore-document.js';
import type { Release } from '../../../shared/contract/release.js';
import { ledgerPath } from '../../../shared/document-paths.js';
import { encodeMessage, makeMessage, type RunId } from '../../../shared/messages/envelope.js';
import type { DocumentData } from '../../../shared/ports/document-store.js';
import { type LedgerEntry, sealEntry } from '../../../shared/promotion/ledger.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { alterObject, handMadeRelease, putRelease } from '../../support/hand-made-release.js';
import {
  type Answer,
  memoryWorld,
  outcomeOf,
  SUMMARY,
  type World,
} from '../../support/memory-world.js';
import { contentsOf, documentAt } from '../../support/world-contents.js';

const november = handMadeRelease('2025-11-30');
const december = handMadeRelease('2025-12-31');

const AT = {
  bucket: 'test-bucket',
  rootPrefix: 'crypto-live-pool-pipelines',
  collection: 'strategy',
  document: 'CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL',
};
const entryOf = (release: Release, seq: PositiveInteger): LedgerEntry =>
  sealEntry({
    seq,
    version: release.version,
    as_of_date: release.manifest.as_of_date,
    intent: 'publish',
    from_version: null,
    reason: null,
    actor: 'a test',
    event_id: 'e'.repeat(64) as Sha256,
    manifest_sha256: release.sha256.artifact_manifest,
    allow_stale: false,
    promoted_at: release.manifest.generated_at,
    prev_hash: null,
  });

const documentOf = (release: Release, seq: number) =>
  firestoreDocument(release, AT, seq as PositiveInteger);

/** The ledger has promoted December 1, 2, 3 and 9 times, unless the test says otherwise. */
const worldShowing = async (
  document?: DocumentData,
  ledger: Readonly<Record<number, Release>> = {
    1: december,
    2: december,
    3: december,
    9: december,
  },
): Promise<World> => {
  const world = memoryWorld();
  for (const [seq, release] of Object.entries(ledger)) {
    const entry = entryOf(release, Number(seq) as PositiveInteger);
    getOrThrow(await world.environment.documents.create(ledgerPath(entry.seq), entry)());
  }
  for (const release of [november, december]) await putRelease(world.environment.objects, release);
  if (document !== undefined)
    getOrThrow(await world.environment.documents.create(SUMMARY, document)());
  return world;
};

const promoted = (
  world: World,
  release: Release,
  promotion_seq: number,
  {
    run = '0123456789ab',
    sha256 = release.sha256.artifact_manifest as string,
    uri = `gs://test-bucket/crypto-live-pool-pipelines/releases/${release.version}/artifact_manifest.json`,
  } = {},
): Promise<Answer> => {
  const message = makeMessage(
    'release-promoted',
    {
      event_id: null,
      run_id: `${release.version}-${run}` as RunId,
      occurred_at: release.manifest.generated_at,
    },
    {
      mode: release.manifest.mode,
      as_of_date: release.manifest.as_of_date,
      version: release.version,
      promotion_seq,
      intent: 'publish',
      from_version: null,
      manifest: { uri, sha256 },
    },
  );
  return world.deliver('sync-firestore', { data: encodeMessage(message) });
};

const saidOf = (answer: Answer): Record<string, unknown> =>
  JSON.parse(answer.published.map(({ data }) => Buffer.from(data).toString('utf8')).join());

describe('sync-firestore', () => {
  it('writes the document of the first promotion', async () => {
    const world = await worldShowing();
    assert.equal(outcomeOf(await promoted(world, december, 1)), 'done');
    assert.deepEqual(await documentAt(world, SUMMARY), documentOf(december, 1));
  });

  it('replaces the whole document of an earlier promotion', async () => {
    const world = await worldShowing({ ...documentOf(november, 1), left_over: true });
    assert.equal(outcomeOf(await promoted(world, december, 2)), 'done');
    assert.deepEqual(await documentAt(world, SUMMARY), documentOf(december, 2));
  });

  it('replaces a document from before this system, which has no sequence', async () => {
    const world = await worldShowing({ as_of_date: '2025-09-30', symbols: ['TRXUSDT'] });
    assert.equal(outcomeOf(await promoted(world, december, 1)), 'done');
    assert.deepEqual(await documentAt(world, SUMMARY), documentOf(december, 1));
  });

  it('keeps the document of the same promotion, and publishes the event again', async () => {
    const world = await worldShowing();
    const first = await promoted(world, december, 1);
    const before = await contentsOf(world);
    const again = await promoted(world, december, 1);
    assert.equal(outcomeOf(again), 'already_done');
    assert.deepEqual(again.published, first.published);
    assert.deepEqual(await contentsOf(world), before);
  });

  it('is superseded by the document of a later promotion, and publishes nothing', async () => {
    const world = await worldShowing(documentOf(december, 2), { 1: november, 2: december });
    const before = await contentsOf(world);
    const answer = await promoted(world, november, 1);
    assert.equal(outcomeOf(answer), 'superseded');
    assert.equal(answer.log[0]?.reason, 'the document shows a later promotion');
    assert.deepEqual(answer.published, []);
    assert.deepEqual(await contentsOf(world), before);
  });

  it('publishes a promotion under one id with one content, whichever run brings it', async () => {
    const world = await worldShowing();
    const first = await promoted(world, december, 1);
    const another = await promoted(world, december, 1, { run: 'ffffffffffff' });
    assert.equal(outcomeOf(another), 'already_done');
    assert.deepEqual(saidOf(another), saidOf(first));
  });

  it('publishes different promotions of one release under different ids', async () => {
    const world = await worldShowing();
    const first = await promoted(world, december, 1);
    const third = await promoted(world, december, 3);
    assert.notEqual(saidOf(third).event_id, saidOf(first).event_id);
  });

  const refused: readonly (readonly [
    string,
    DocumentData | undefined,
    Parameters<typeof promoted>[3] & { readonly seq?: number },
    RegExp,
  ])[] = [
    [
      'a promotion that the ledger does not have',
      undefined,
      { seq: 999 },
      /^ledger entry 999 is missing/,
    ],
    [
      'a manifest that lies elsewhere',
      undefined,
      { uri: 'gs://elsewhere/artifact_manifest.json' },
      /^promotion 9: expected gs:\/\/test-bucket\/.*, got gs:\/\/elsewhere\/artifact_manifest\.json$/,
    ],
    [
      'another manifest than the message names',
      undefined,
      { sha256: 'a'.repeat(64) },
      /^promotion 9: expected a manifest with SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}$/,
    ],
    [
      'a document whose sequence is no number',
      { ...documentOf(november, 1), promotion_seq: '7' },
      {},
      /^summary document: promotion_seq: expected PositiveInteger \(a whole number of at least 1\), got "7"$/,
    ],
  ];
  for (const [title, document, options, sentence] of refused)
    it(`refuses ${title}, and changes nothing`, async () => {
      const world = await worldShowing(document);
      const before = await contentsOf(world);
      const answer = await promoted(world, december, options?.seq ?? 9, options);
      assert.equal(outcomeOf(answer), 'dead_letter');
      assert.match(answer.log[0]?.message ?? '', sentence);
      assert.deepEqual(await contentsOf(world), before);
    });

  it('rejects a release that does not exist', async () => {
    const world = memoryWorld();
    const entry = entryOf(december, 1 as PositiveInteger);
    getOrThrow(await world.environment.documents.create(ledgerPath(entry.seq), entry)());
    const answer = await promoted(world, december, 1);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.match(
      answer.log[0]?.message ?? '',
      /^releases\/2025-12-31-core_major\/: A release needs five artifacts; missing: /,
    );
  });

  for (const [file, sentence] of [
    [
      'live_pool.json',
      /\/live_pool\.json is altered: expected SHA-256 \w{64}, as in the manifest, got/,
    ],
    [
      'artifact_manifest.json',
      /_manifest\.json is altered: expected SHA-256 \w{64}, as in promotion 9, got/,
    ],
  ] as const)
    it(`does not publish a release whose ${file} is no longer what was promoted`, async () => {
      const world = await worldShowing(documentOf(november, 1));
      await alterObject(world.environment.objects, `releases/${december.version}/${file}`);
      const before = await contentsOf(world);
      const answer = await promoted(world, december, 9);
      assert.equal(outcomeOf(answer), 'dead_letter');
      assert.match(answer.log[0]?.message ?? '', sentence);
      assert.deepEqual(await contentsOf(world), before);
    });
});
