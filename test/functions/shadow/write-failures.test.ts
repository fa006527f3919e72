import assert from 'node:assert/strict';
import { type Fate, faultyEnvironment } from '../../support/faulty-stores.js';
import type { Incoming, World } from '../../support/memory-world.js';
import { outcomeOf } from '../../support/memory-world.js';
import { contentsOf, copyOf } from '../../support/world-contents.js';
import { countingScorer, ingested, plainScorer, shadowWorld, WINDOWS } from './shadow-world.js';

/** Every so many effects: a history has some hundred, which are all alike. */
const STRIDE = 17;

describe('When a store fails while the shadow history is made', () => {
  let ready: World;
  let incoming: Incoming;

  before(async () => {
    ready = shadowWorld();
    incoming = await ingested(ready);
  });

  /** The function on a copy of the world whose effects meet their fate. */
  const watched = async (fateOf: (place: number) => Fate) => {
    const effects: string[] = [];
    const stores = await copyOf(ready, { scorer: plainScorer });
    const world = shadowWorld(
      faultyEnvironment(stores.environment, (effect) => {
        effects.push(effect);
        return fateOf(effects.length - 1);
      }),
    );
    return { stores, world, effects };
  };

  it('the message is redelivered, and the final state is that of a run without failures', async () => {
    const calm = await watched(() => 'done');
    await calm.world.deliver('shadow', incoming);
    const expected = await contentsOf(calm.stores);
    const places = [...calm.effects.keys()];
    const last = places.length - 1;
    for (const place of places.filter((one) => one % STRIDE === 0 || one > last - 3))
      for (const fate of ['failed', 'ambiguous'] as const) {
        const { stores, world } = await watched((at) => (at === place ? fate : 'done'));
        const failed = await world.deliver('shadow', incoming);
        assert.equal(failed.status, 500, `${calm.effects[place]}: ${fate}`);

        const { objects, documents } = stores.environment;
        const scorer = countingScorer();
        const again = await shadowWorld({ objects, documents, scorer }).deliver('shadow', incoming);
        assert.match(outcomeOf(again), /^(already_)?done$/);
        assert.ok(scorer.computed.length <= WINDOWS);
        const now = await contentsOf(stores);
        assert.deepEqual(now, expected, `${calm.effects[place]}: ${fate}`);
      }
  });

  it('the pointer is updated last: until then it names the previous history', async () => {
    const { effects, world } = await watched(() => 'done');
    await world.deliver('shadow', incoming);
    const writes = effects.filter((effect) => effect.startsWith('write shadow/'));
    assert.equal(writes.at(-1), 'write shadow/current.json');
    assert.match(writes.at(-2) ?? '', /^write shadow\/builds\/[^/]+\/index\.json$/);
  });
});
