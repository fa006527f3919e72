import assert from 'node:assert/strict';
import { runWorkload } from '../../deploy/simulation/run-workload.js';
import { livePoolProcess } from '../support/cli.js';

describe('The pipeline under fault injection', () => {
  it('violates no invariant in 1,000 seeded schedules and at every crash point', async () => {
    // In a separate process: once the framework has served HTTP, every await is slower.
    const words = ['simulate', '--seed', '1', '--runs', '1000', '--format', 'json'];
    const { code, stdout, stderr } = await livePoolProcess(words);
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    const { violations, ...counts } = JSON.parse(stdout);
    console.log(`      ${JSON.stringify(counts)}, ${violations.length} violations`);
    assert.deepEqual(violations, []);
    assert.equal(counts.schedules, 1000);
    assert.ok(counts.crash_points >= 300);
  });

  it('gives the same result for the same seed, byte for byte', async () => {
    const [one, other] = [await runWorkload(7), await runWorkload(7)];
    assert.deepEqual(one, other);
    assert.notEqual((await runWorkload(8)).effects, one.effects);
  });
});
