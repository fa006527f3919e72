import assert from 'node:assert/strict';
import { monthlyFunctions } from '../../shared/topology.js';
import { faultFreeMonth, json, type Month } from '../support/fault-free-month.js';
import { accompanied, type Fate, faultyEnvironment } from '../support/faulty-stores.js';
import { memoryWorld, outcomeOf, type World } from '../support/memory-world.js';
import { push } from '../support/push-delivery.js';
import { contentsOf, copyOf } from '../support/world-contents.js';

const isRead = (effect: string): boolean => /^(read|look at|get|list) /.test(effect);

/** A read that failed may as well not have been. */
const fatesOf = (effect: string): readonly Fate[] =>
  isRead(effect) ? ['failed'] : ['failed', 'ambiguous'];

/** A function on the stores of a calm world that reports and steers each of its effects. */
const watched = ({ environment }: World, fateOf: (effect: string, place: number) => Fate) => {
  const { objects, documents } = environment;
  const effects: string[] = [];
  const world = memoryWorld({ objects, documents }, (plain) =>
    faultyEnvironment(plain, (effect) => {
      effects.push(effect);
      return fateOf(effect, effects.length - 1);
    }),
  );
  return { world, effects };
};

describe('When a store or the transport fails', () => {
  let month: Month;

  before(async () => {
    month = await faultFreeMonth();
  });

  for (const name of monthlyFunctions) {
    it(`at any effect of ${name}, the message is redelivered, and the final state is that of a run without failures`, async () => {
      const { before, incoming, answer } = month.stages[name];
      const expected = await contentsOf(month.afterOf(name));
      const said = answer.published.map(({ topic, data }) => ({ topic, data }));
      const calm = watched(await copyOf(before), () => 'done');
      await calm.world.deliver(name, incoming);
      assert.ok(calm.effects.length >= 5, calm.effects.join());

      for (const [place, effect] of calm.effects.entries())
        for (const fate of fatesOf(effect)) {
          const stores = await copyOf(before);
          const { world } = watched(stores, (_, at) => (at === place ? fate : 'done'));
          const failed = await world.deliver(name, incoming);
          assert.equal(failed.status, 500, `${effect}: ${fate}`);
          assert.equal(failed.body, `Could not ${effect}: it is down`);
          assert.equal(outcomeOf(failed), 'will_be_delivered_again');
          assert.equal(failed.log[0]?.code, 'unavailable');
          // Said although reported unsaid, or not said at all; nothing is said before its time.
          const ambiguous = fate === 'ambiguous' && effect.startsWith('publish to ');
          assert.equal(failed.published.length, ambiguous ? 1 : 0, effect);

          const { objects, documents } = stores.environment;
          const again = await memoryWorld({ objects, documents }).deliver(name, incoming);
          assert.match(outcomeOf(again), /^(already_)?done$/);
          assert.deepEqual(
            again.published.map(({ topic, data }) => ({ topic, data })),
            said,
          );
          assert.deepEqual(await contentsOf(stores), expected, `${effect}: ${fate}`);
        }
    });
  }

  it('to archive a message, the message is not published', async () => {
    for (const name of ['materialise', 'promote', 'sync-firestore'] as const) {
      const { before, incoming } = month.stages[name];
      const { world } = watched(await copyOf(before), (effect) =>
        effect.startsWith('write events/') ? 'failed' : 'done',
      );
      const answer = await world.deliver(name, incoming);
      assert.equal(answer.status, 500);
      assert.match(
        answer.body,
        /^Could not write events\/[a-z-]+\/[0-9a-f]{64}\.json: it is down$/,
      );
      assert.deepEqual(answer.published, []);
    }
  });

  it('to publish a dead letter, the message is not acknowledged', async () => {
    for (const name of monthlyFunctions) {
      const { world } = watched(memoryWorld(), () => 'failed');
      const answer = await world.deliver(name, { data: json('no message at all') });
      assert.equal(answer.status, 500);
      assert.equal(answer.body, `Could not publish to ${name}-dead-letter: it is down`);
      assert.deepEqual(answer.published, []);
      assert.equal(outcomeOf(answer), 'will_be_delivered_again', 'nothing has been dead-lettered');
      assert.equal(answer.log[0]?.code, 'unavailable');
      assert.match(
        String(answer.log[0]?.message),
        /expected .+, got .+ It could not be dead-lettered: Could not publish to .+: it is down$/,
      );
    }
  });
});

describe('When something throws', () => {
  const broken = {
    id: 'broken',
    live: false,
    synthetic: true,
    metadata: () => {
      throw new Error('a bug in the source');
    },
    candidates: () => {
      throw new Error('a bug in the source');
    },
    bars: () => {
      throw new Error('a bug in the source');
    },
  };

  it('the message is redelivered, and the log has the reason', async () => {
    const world = memoryWorld({ source: broken });
    const answer = await world.deliver('ingest', { data: json({ as_of_date: '2026-03-13' }) });
    assert.equal(answer.status, 500);
    assert.equal(answer.body, 'a bug in the source');
    assert.equal(outcomeOf(answer), 'will_be_delivered_again');
    assert.equal(answer.log[0]?.code, 'unexpected');
  });

  it('a rejected promise is handled like an exception', async () => {
    const { objects } = memoryWorld().environment;
    const world = memoryWorld({
      objects: accompanied(objects, {
        before: async () => {
          throw new Error('the socket has closed');
        },
      }),
    });
    const answer = await world.deliver('ingest', { data: json({ as_of_date: '2026-03-13' }) });
    assert.equal(answer.status, 500);
    assert.equal(answer.body, 'the socket has closed');
    assert.equal(outcomeOf(answer), 'will_be_delivered_again');
  });

  it('an environment that cannot be created is created again for the next message', async () => {
    const message = { data: '', messageId: '1', publishTime: '2026-03-14T00:00:00Z' };
    const { environment } = memoryWorld();
    let attempts = 0;
    const provide = async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('no configuration');
      return environment;
    };
    assert.deepEqual(await push(provide, 'rank', message), {
      status: 500,
      body: 'no configuration',
    });
    assert.deepEqual(await push(provide, 'rank', message), { status: 204, body: '' });
  });
});
