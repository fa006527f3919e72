import assert from 'node:assert/strict';
import { MUTATIONS, type Mutation } from '../../deploy/simulation/mutations.js';
import { runSchedule } from '../../deploy/simulation/run-schedule.js';

const MOST_SEEDS = 1000;

/** What each broken rule leads to. */
const SYMPTOMS: Readonly<Record<Mutation, RegExp>> = {
  'no-generation-guard': /^current\/.* fell from promotion/,
  'no-sequence-check': /^current\/.* fell from promotion/,
  'manifest-not-last': /^current\/: the manifest was written before/,
  'no-transaction':
    /^live_pool_ledger\/.* has been written again|^the document fell from promotion/,
};

const firstViolation = async (mutation: Mutation) => {
  for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
    const { problems } = await runSchedule(seed, mutation);
    if (problems.length > 0) return { seed, problems };
  }
  return undefined;
};

describe('A rule that is broken on purpose', function () {
  this.timeout(120_000);
  for (const mutation of MUTATIONS)
    it(`is caught: ${mutation}`, async () => {
      const caught = await firstViolation(mutation);
      assert.ok(caught !== undefined, `${MOST_SEEDS} schedules have seen nothing`);
      assert.ok(
        caught.problems.some((problem) => SYMPTOMS[mutation].test(problem)),
        caught.problems.join('\n'),
      );
      assert.deepEqual((await runSchedule(caught.seed)).problems, []);
    });
});
