import assert from 'node:assert/strict';
import { runWorkload } from '../../deploy/simulation/run-workload.js';
import { MUTATIONS, type Mutation } from '../../deploy/simulation/store-mutations.js';

const MOST_SEEDS = 1000;

/** What each broken rule leads to, and the first of 1,000 schedules in which it does. */
const SYMPTOMS: Readonly<Record<Mutation, { readonly seed: number; readonly problem: RegExp }>> = {
  'no-generation-guard': { seed: 384, problem: /^current\/.* fell from promotion/ },
  'no-sequence-check': { seed: 45, problem: /^current\/.* fell from promotion/ },
  'manifest-not-last': { seed: 1, problem: /^current\/: the manifest was written before/ },
  'no-transaction': {
    seed: 21,
    problem: /^live_pool_ledger\/.* has been written again|^the document fell from promotion/,
  },
};

const isCaught = async (mutation: Mutation, seed: number): Promise<boolean> =>
  (await runWorkload(seed, mutation)).violations.length > 0;

/** For the message of a failure: a change of the simulator moves every schedule. */
const otherSeed = async (mutation: Mutation): Promise<string> => {
  for (let seed = 1; seed <= MOST_SEEDS; seed += 1)
    if (await isCaught(mutation, seed)) return `seed ${seed} shows it now`;
  return `none of ${MOST_SEEDS} schedules shows it`;
};

describe('A rule that is broken on purpose', () => {
  for (const mutation of MUTATIONS)
    it(`is caught: ${mutation}`, async () => {
      const { seed, problem } = SYMPTOMS[mutation];
      const { violations } = await runWorkload(seed, mutation);
      if (violations.length === 0)
        assert.fail(`expected a problem with seed ${seed}, got none; ${await otherSeed(mutation)}`);
      assert.ok(
        violations.some((one) => problem.test(one)),
        violations.join('\n'),
      );
      assert.deepEqual((await runWorkload(seed)).violations, []);
    });
});
