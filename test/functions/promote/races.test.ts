import assert from 'node:assert/strict';
import { accompanied } from '../../support/faulty-stores.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { materialisedMessage } from '../../support/hand-made-release.js';
import { memoryWorld, outcomeOf } from '../../support/memory-world.js';
import { contentsOf } from '../../support/world-contents.js';
import {
  all,
  at,
  december,
  deliver,
  JANUARY,
  ledger,
  november,
  publish,
  sentence,
  shown,
  worldWith,
} from './promotion-world.js';

describe('promote and later promotions', () => {
  it('an older month after a newer one is superseded', async () => {
    const world = await worldWith(at('2026-01-05T08:00:00Z'));
    await publish(world, december);
    const before = await contentsOf(world);
    const answer = await publish(world, november);
    assert.equal(outcomeOf(answer), 'superseded');
    assert.equal(
      sentence(answer),
      '2025-11-30-core_major is not beyond 2025-12-31, the newest date ever published',
    );
    assert.deepEqual(await contentsOf(world), before);
  });

  it('the same month run once more is already done, and completes an interrupted copy', async () => {
    const world = await worldWith();
    await publish(world, december);
    const another = materialisedMessage(december, { allow_stale: true });
    const before = await contentsOf(world);
    const answer = await deliver(world, another);
    assert.equal(outcomeOf(answer), 'already_done');
    assert.equal(answer.log[0]?.promotion_seq, 1);
    const { documents } = await contentsOf(world);
    assert.deepEqual(documents, before.documents);
  });

  it('copying stops at an object of a later promotion', async () => {
    const { objects } = memoryWorld().environment;
    const later = { promotion_seq: '2', version: '2026-01-31-core_major' };
    let overtaken = false;
    const contested = accompanied(objects, {
      before: async (key) => {
        if (key !== 'current/live_pool.json' || overtaken) return;
        overtaken = true;
        const options = { ifGenerationMatch: 0, contentType: 'text/plain', metadata: later };
        getOrThrow(await objects.write(key, new TextEncoder().encode('{}'), options)());
      },
    });
    const world = await worldWith({ ...JANUARY, objects: contested });
    const answer = await publish(world, december);
    assert.ok(overtaken);
    assert.equal(outcomeOf(answer), 'superseded');
    assert.equal(sentence(answer), 'a later promotion was recorded first');
    assert.deepEqual(await shown(world), ['2025-12-31', '2025-12-31', '2026-01-31']);
  });

  it('the transaction decides, not the first read', async () => {
    const world = await worldWith(at('2026-01-05T08:00:00Z'));
    const { objects, documents } = world.environment;
    let raced = false;
    const contested = memoryWorld({
      ...at('2026-01-05T08:00:00Z'),
      objects,
      documents: {
        ...documents,
        transact: (body) => async () => {
          if (!raced) {
            raced = true;
            assert.equal(outcomeOf(await publish(world, december)), 'done');
          }
          return documents.transact(body)();
        },
      },
    });
    const answer = await publish(contested, november);
    assert.ok(raced);
    assert.equal(outcomeOf(answer), 'superseded');
    assert.deepEqual(await shown(world), all('2025-12-31'));
    assert.equal((await ledger(world)).length, 1);
  });

  it('two concurrent months leave one complete current release, which the ledger records', async () => {
    const { objects, documents } = (await worldWith()).environment;
    const twins = [november, december].map((release) => ({
      release,
      world: memoryWorld({ ...JANUARY, objects, documents }),
    }));
    const answers = await Promise.all(twins.map(({ world, release }) => publish(world, release)));
    for (const { status } of answers) assert.equal(status, 204);
    const world = memoryWorld({ objects, documents });
    const entries = await ledger(world);
    assert.equal(entries.at(-1)?.as_of_date, '2025-12-31');
    assert.deepEqual(await shown(world), all('2025-12-31'));
  });
});
