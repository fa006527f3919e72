import assert from 'node:assert/strict';
import { monthlyFunctions } from '../../shared/topology.js';
import { faultFreeMonth, type Month } from '../support/fault-free-month.js';
import { memoryWorld, outcomeOf, type Published, type World } from '../support/memory-world.js';
import { contentsOf, copyOf } from '../support/world-contents.js';

describe('A message delivered again', () => {
  let month: Month;
  let end: World;

  before(async () => {
    month = await faultFreeMonth();
    end = await copyOf(month.world);
  });

  const alike = (messages: readonly Published[]) =>
    messages.map(({ topic, data, attributes }) => ({ topic, data, attributes }));

  for (const name of monthlyFunctions) {
    it(`to ${name} is already done, publishes the same message again and changes nothing`, async () => {
      const { incoming, answer } = month.stages[name];
      const before = await contentsOf(end);
      const again = await end.deliver(name, incoming);
      assert.equal(again.status, 204);
      assert.equal(outcomeOf(again), 'already_done');
      assert.deepEqual(alike(again.published), alike(answer.published));
      assert.deepEqual(await contentsOf(end), before);
    });
  }

  for (const name of monthlyFunctions) {
    it(`to ${name} while the first delivery is still at work does the work once`, async () => {
      const { incoming, answer, before } = month.stages[name];
      const { objects, documents } = (await copyOf(before)).environment;
      const twins = [memoryWorld({ objects, documents }), memoryWorld({ objects, documents })];
      const answers = await Promise.all(twins.map((twin) => twin.deliver(name, incoming)));
      for (const one of answers) {
        assert.equal(one.status, 204);
        assert.match(outcomeOf(one), /^(already_)?done$/);
        assert.deepEqual(alike(one.published), alike(answer.published));
      }
      const left = await contentsOf(memoryWorld({ objects, documents }));
      assert.deepEqual(left, await contentsOf(month.afterOf(name)));
    });
  }
});
