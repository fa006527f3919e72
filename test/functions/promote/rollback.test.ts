import assert from 'node:assert/strict';
import type { Attributes } from '../../../shared/ports/publisher.js';
import {
  handMadeRelease,
  materialisedMessage,
  putRelease,
} from '../../support/hand-made-release.js';
import { memoryWorld, outcomeOf, type World } from '../../support/memory-world.js';
import { contentsOf, documentAt } from '../../support/world-contents.js';
import {
  all,
  at,
  december,
  deliver,
  ledger,
  november,
  publish,
  rollback,
  sentence,
  shown,
  worldWith,
} from './promotion-world.js';

describe('promote rolls back', () => {
  const published = async (): Promise<World> => {
    const world = await worldWith(at('2026-01-05T08:00:00Z'));
    await publish(world, november);
    await publish(world, december);
    return world;
  };

  it('to an earlier release with a new number, a reason and its own message', async () => {
    const world = await published();
    const answer = await rollback(world, november, 2, 'a coin was delisted');
    assert.equal(outcomeOf(answer), 'done');
    const entry = (await ledger(world)).at(-1);
    assert.equal(entry?.seq, 3);
    assert.equal(entry.intent, 'rollback');
    assert.equal(entry.reason, 'a coin was delisted');
    assert.equal(entry.from_version, '2025-12-31-core_major');
    assert.deepEqual(await shown(world), all('2025-11-30'));
    assert.equal(answer.published[0]?.attributes.intent, 'rollback');
  });

  it('after which messages of the old month have no effect', async () => {
    const world = await published();
    await rollback(world, november, 2);
    const before = await contentsOf(world);
    for (const late of [
      await publish(world, december),
      await publish(world, december, { allow_stale: true }),
      await publish(world, november),
    ])
      assert.equal(outcomeOf(late), 'superseded');
    assert.deepEqual(await contentsOf(world), before);
  });

  it('once, for any number of deliveries', async () => {
    const world = await published();
    const first = await rollback(world, november, 2);
    const before = await contentsOf(world);
    const again = await rollback(world, november, 2);
    assert.equal(outcomeOf(again), 'already_done');
    assert.deepEqual(again.published, first.published);
    assert.deepEqual(await contentsOf(world), before);
  });

  const refused: readonly (readonly [string, Attributes, string, string])[] = [
    [
      'with the sequence of another head',
      { intent: 'rollback', reason: 'r', expected_seq: '1' },
      'conflict',
      '2025-11-30-core_major: expected_seq is 1 but the current promotion is 2',
    ],
    [
      'without an expected sequence',
      { intent: 'rollback', reason: 'r' },
      'malformed-input',
      'attributes: expected_seq: expected the current promotion sequence with intent rollback, got nothing',
    ],
    [
      'with a reason of 501 characters',
      { intent: 'rollback', reason: 'r'.repeat(501), expected_seq: '2' },
      'malformed-input',
      `attributes: reason: expected Reason (a reason of 1 to 500 characters), got "${'r'.repeat(79)}…`,
    ],
    [
      'with an intent that there is not',
      { intent: 'undo' },
      'malformed-input',
      'attributes: intent: expected publish, rollback or restate, got "undo"',
    ],
  ];
  for (const [title, attributes, code, message] of refused)
    it(`but not ${title}`, async () => {
      const world = await published();
      const before = await contentsOf(world);
      const answer = await deliver(world, materialisedMessage(november), attributes);
      assert.equal(outcomeOf(answer), 'dead_letter');
      assert.equal(answer.log[0]?.code, code);
      assert.equal(sentence(answer), message);
      assert.deepEqual(await contentsOf(world), before);
    });

  it('but not to a release that readers would refuse as too old', async () => {
    const { objects, documents } = (await published()).environment;
    const late = memoryWorld({ objects, documents, ...at('2026-01-20T00:00:00Z') });
    const before = await contentsOf(late);
    const answer = await rollback(late, november, 2);
    assert.equal(answer.log[0]?.code, 'stale');
    assert.deepEqual(await contentsOf(late), before);
  });

  it('and the next month replaces it', async () => {
    const world = await published();
    await rollback(world, november, 2);
    const january = handMadeRelease('2026-01-31');
    const { objects, documents } = world.environment;
    await putRelease(objects, january);
    const next = memoryWorld({ objects, documents, ...at('2026-02-02T00:00:00Z') });
    assert.equal(outcomeOf(await publish(next, january)), 'done');
    assert.deepEqual(await shown(next), all('2026-01-31'));
    const control = await documentAt(next, {
      collection: 'live_pool_control',
      document: 'promotion',
    });
    assert.deepEqual(control?.revoked, ['2025-12-31-core_major']);
  });
});
