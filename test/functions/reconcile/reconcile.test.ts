import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { transient } from '../../../shared/codec/failure.js';
import { currentKey } from '../../../shared/object-keys.js';
import { faultFreeMonth, json } from '../../support/fault-free-month.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { alterObject } from '../../support/hand-made-release.js';
import {
  type Answer,
  memoryWorld,
  outcomeOf,
  SUMMARY,
  type World,
} from '../../support/memory-world.js';
import { copyOf, documentAt } from '../../support/world-contents.js';

const ask = (world: World) => world.deliver('reconcile', { data: json({}) });

/** The calm month as it stood before a function ran, or at its end. */
const calm = async (): Promise<World> => copyOf((await faultFreeMonth()).world);

const pool = currentKey('live_pool.json');

const spoil = async ({ environment }: World, metadata: Record<string, string>): Promise<void> => {
  const head = getOrThrow(await environment.objects.head(pool)());
  assert.ok(head._tag === 'Some');
  const options = { ifGenerationMatch: head.value.generation, contentType: 'text/plain', metadata };
  getOrThrow(await environment.objects.write(pool, new Uint8Array([1]), options)());
};

describe('reconcile', () => {
  it('has nothing to do before anything was promoted', async () => {
    const answer = await ask(memoryWorld());
    assert.equal(outcomeOf(answer), 'superseded');
  });

  it('finds no drift after a month without faults, and changes nothing', async () => {
    const answer = await ask(await calm());
    assert.equal(outcomeOf(answer), 'already_done');
    assert.deepEqual(answer.published, []);
  });

  it('completes the copy of a crashed promotion and notifies readers', async () => {
    // The ledger has moved; current/, document and event have not.
    const { stages } = await faultFreeMonth();
    const world = await copyOf(stages.promote.before);
    const { objects, documents } = world.environment;
    const dying = memoryWorld({ objects, documents }, () => ({
      objects: {
        ...objects,
        write: (key, bytes, options) =>
          key.startsWith(currentKey(''))
            ? async () => E.left(transient('unavailable', 'it dies'))
            : objects.write(key, bytes, options),
      },
    }));
    assert.equal((await dying.deliver('promote', stages.promote.incoming)).status, 500);
    const answer = await ask(world);
    assert.equal(outcomeOf(answer), 'done');
    assert.equal(String(answer.log[0]?.changed).split(',').length, 7);
    assert.deepEqual(answer.published[0]?.topic, 'release-promoted');
  });

  for (const [what, metadata] of [
    ['with its metadata lost', {}],
    ['under intact metadata', { promotion_seq: '1' }],
  ] as const)
    it(`repairs an object that was changed by hand ${what}`, async () => {
      const world = await calm();
      await spoil(world, metadata);
      const answer = await ask(world);
      assert.equal(outcomeOf(answer), 'done');
      // Only current/ deviated, so there is nothing to report.
      assert.deepEqual(answer.published, []);
      const healed = getOrThrow(await world.environment.objects.read(pool)());
      assert.ok(healed._tag === 'Some');
      assert.equal(JSON.parse(Buffer.from(healed.value.bytes).toString('utf8')).pool_size, 5);
    });

  for (const file of ['live_pool.json', 'latest_ranking.csv', 'artifact_manifest.json'])
    it(`does not publish a release whose ${file} is no longer what was promoted`, async () => {
      const world = await calm();
      const { objects } = world.environment;
      const [key = ''] = getOrThrow(await objects.list('releases/')())
        .map((one) => one.key)
        .filter((one) => one.endsWith(`/${file}`));
      await alterObject(objects, key);
      await spoil(world, {});
      const before = getOrThrow(await objects.list('current/')());
      const answer = await ask(world);
      assert.equal(outcomeOf(answer), 'dead_letter');
      assert.ok(answer.log[0]?.message?.startsWith(`${key} is altered: expected SHA-256 `));
      assert.deepEqual(getOrThrow(await objects.list('current/')()), before);
    });

  it('has the document written again if it was changed by hand', async () => {
    const world = await calm();
    const before = await documentAt(world, SUMMARY);
    await world.environment.documents.transact((transaction) => {
      transaction.set(SUMMARY, { ...before, pool_size: 4 });
      return async () => ({ _tag: 'Right', right: undefined });
    })();
    const answer = await ask(world);
    assert.equal(answer.published[0]?.topic, 'release-promoted');
    const told = await world.deliver('sync-firestore', answer.published[0] ?? { data: json({}) });
    assert.equal(outcomeOf(told), 'done');
    assert.deepEqual(await documentAt(world, SUMMARY), before);
  });

  it('fails if the document is ahead of the ledger, and does not change it', async () => {
    const world = await calm();
    const ahead = { ...(await documentAt(world, SUMMARY)), promotion_seq: 9 };
    await world.environment.documents.transact((transaction) => {
      transaction.set(SUMMARY, ahead);
      return async () => ({ _tag: 'Right', right: undefined });
    })();
    const answer = await ask(world);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.match(answer.log[0]?.message ?? '', /readers are ahead of the ledger \(9 > 1\)/);
    assert.deepEqual(await documentAt(world, SUMMARY), ahead);
  });

  it('fails if current/ is ahead of the ledger', async () => {
    const world = await calm();
    await spoil(world, { promotion_seq: '2' });
    const answer = await ask(world);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.match(answer.log[0]?.message ?? '', /readers are ahead of the ledger \(2 > 1\)/);
  });

  it('fails if the ledger is lost', async () => {
    const { objects, documents } = (await calm()).environment;
    const isOfLedger = (path: { collection: string }) => path.collection.startsWith('live_pool_');
    const answer = await ask(
      memoryWorld({ objects, documents }, () => ({
        documents: {
          ...documents,
          get: (path) => (isOfLedger(path) ? TE.right(O.none) : documents.get(path)),
        },
      })),
    );
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.match(answer.log[0]?.message ?? '', /state is lost \(readers have promotion 1\)/);
    assert.equal(answer.log[0]?.shown_seq, 1);
  });

  const facts = ({ log: [line] }: Answer) => ({
    promotion_seq: line?.promotion_seq,
    shown_seq: line?.shown_seq,
    release_age_days: line?.release_age_days,
    days_left: line?.days_left,
  });

  it('logs the age of the release that readers use, in the trace of its run', async () => {
    const { objects, documents } = (await calm()).environment;
    const clock = () => new Date('2026-04-23T06:00:00Z');
    const answer = await ask(memoryWorld({ objects, documents, clock }));
    assert.equal(outcomeOf(answer), 'already_done');
    const old = { promotion_seq: 1, shown_seq: 1, release_age_days: 41, days_left: 4 };
    assert.deepEqual(facts(answer), old);
    const { incoming } = (await faultFreeMonth()).stages.promote;
    assert.equal(answer.log[0]?.traceparent, incoming.attributes?.traceparent);
  });

  it('logs the age on failure too', async () => {
    const world = await calm();
    const { objects } = world.environment;
    const lost: typeof objects.read = (key) =>
      key.startsWith('releases/') ? async () => E.right(O.none) : objects.read(key);
    const { documents } = world.environment;
    const answer = await ask(memoryWorld({ documents, objects: { ...objects, read: lost } }));
    assert.equal(outcomeOf(answer), 'dead_letter');
    const young = { promotion_seq: 1, shown_seq: 1, release_age_days: 1, days_left: 44 };
    assert.deepEqual(facts(answer), young);
    assert.equal(answer.log[0]?.version, '2026-03-13-core_major');
  });

  it("logs the age of the document, not that of the ledger's head", async () => {
    const world = await calm();
    const before = await documentAt(world, SUMMARY);
    await world.environment.documents.transact((transaction) => {
      transaction.set(SUMMARY, { ...before, as_of_date: '2026-02-13', promotion_seq: 'none' });
      return async () => E.right(undefined);
    })();
    const stale = { promotion_seq: 1, shown_seq: undefined, release_age_days: 29, days_left: 16 };
    assert.deepEqual(facts(await ask(world)), stale);
  });

  it("logs the age of the ledger's head if there is no document", async () => {
    const { stages } = await faultFreeMonth();
    const world = await copyOf(stages['sync-firestore'].before);
    const untold = { promotion_seq: 1, shown_seq: undefined, release_age_days: 1, days_left: 44 };
    assert.deepEqual(facts(await ask(world)), untold);
  });
});
