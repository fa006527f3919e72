import assert from 'node:assert/strict';
import { runWorkload } from '../../deploy/simulation/run-workload.js';
import { MUTATIONS, type Mutation } from '../../deploy/simulation/store-mutations.js';

const MAX_SEEDS = 1000;

/** The violation that each mutation causes, and the first seed whose schedule shows it. */
const SYMPTOMS: Readonly<Record<Mutation, { readonly seed: number; readonly violation: RegExp }>> =
  {
    'no-generation-guard': { seed: 384, violation: /^current\/.* fell from promotion/ },
    'no-sequence-check': { seed: 45, violation: /^current\/.* fell from promotion/ },
    'manifest-not-last': { seed: 1, violation: /^current\/: the manifest was written before/ },
    'no-transaction': {
      seed: 21,
      violation: /^live_pool_ledger\/.* was written twice|^the document fell from promotion/,
    },
  };

const isCaught = async (mutation: Mutation, seed: number): Promise<boolean> =>
  (await runWorkload(seed, mutation)).violations.length > 0;

/** For the failure message: after a change of the simulator, another seed shows the violation. */
const otherSeed = async (mutation: Mutation): Promise<string> => {
  for (let seed = 1; seed <= MAX_SEEDS; seed += 1)
    if (await isCaught(mutation, seed)) return `seed ${seed} shows it now`;
  return `none of ${MAX_SEEDS} schedules shows it`;
};

describe('Mutations of the safety rules', () => {
  for (const mutation of MUTATIONS)
    it(`violate an invariant: ${mutation}`, async () => {
      const { seed, violation } = SYMPTOMS[mutation];
      const { violations } = await runWorkload(seed, mutation);
      if (violations.length === 0)
        assert.fail(
          `expected a violation with seed ${seed}, got none; ${await otherSeed(mutation)}`,
        );
      assert.ok(
        violations.some((one) => violation.test(one)),
        violations.join('\n'),
      );
      assert.deepEqual((await runWorkload(seed)).violations, []);
    });
});
