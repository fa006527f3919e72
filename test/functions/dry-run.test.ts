import assert from 'node:assert/strict';
import { DEMO_REQUEST, runMonth, type Stage } from '../support/fault-free-month.js';
import { memoryWorld, outcomeOf, type World } from '../support/memory-world.js';
import { contentsOf, copyOf } from '../support/world-contents.js';

describe('A dry run', () => {
  let world: World;
  let stages: readonly Stage[];

  before(async () => {
    world = memoryWorld();
    stages = await runMonth(world, { ...DEMO_REQUEST, dry_run: true });
  });

  it('ends with materialise and publishes nothing further', () => {
    assert.deepEqual(
      stages.map(({ name, answer }) => [name, outcomeOf(answer), answer.published.length]),
      [
        ['ingest', 'done', 1],
        ['rank', 'done', 1],
        ['materialise', 'dry_run', 0],
      ],
    );
  });

  it('writes only its own scratch folder, the archive and its run record', async () => {
    const { objects, documents } = await contentsOf(world);
    const run = stages[0]?.answer.log[0]?.run_id;
    assert.match(String(run), /^2026-03-13-core_major-[0-9a-f]{12}$/);
    const own = `scratch/${run}/`;
    const places = Object.keys(objects).map((key) =>
      key.startsWith(own) ? key.slice(own.length) : key,
    );
    assert.deepEqual(
      places.map((key) => key.split('/')[0]),
      [
        'events',
        'events',
        'events',
        ...Array(5).fill('evidence'),
        'releases',
        'releases',
        'releases',
        'releases',
        'releases',
        'snapshots',
        'snapshots',
      ],
    );
    const outside = Object.keys(objects).filter((key) => !key.startsWith(own));
    assert.ok(outside.every((key) => key.startsWith('events/')));
    assert.deepEqual(Object.keys(documents), [`live_pool_runs/${run}`]);
  });

  it('may be delivered again at every stage', async () => {
    const before = await contentsOf(world);
    for (const { name, incoming, answer } of stages) {
      const again = await world.deliver(name, incoming);
      assert.deepEqual(
        again.published.map(({ data }) => data),
        answer.published.map(({ data }) => data),
      );
    }
    assert.deepEqual(await contentsOf(world), before);
  });

  it('applies the age rule of the gate, unless staleness is allowed', async () => {
    const [, , last] = stages;
    assert.ok(last);
    const old = await copyOf(last.before, { clock: () => new Date('2026-04-28T00:00:00Z') });
    const refused = await old.deliver('materialise', last.incoming);
    assert.equal(outcomeOf(refused), 'dead_letter');
    assert.equal(refused.log[0]?.code, 'stale');

    const text = Buffer.from(last.incoming.data).toString('utf8');
    const data = Buffer.from(text.replace('"allow_stale":false', '"allow_stale":true'));
    assert.equal(outcomeOf(await old.deliver('materialise', { data })), 'dry_run');
  });
});
