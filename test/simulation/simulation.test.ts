import assert from 'node:assert/strict';
import { runWorkload } from '../../deploy/simulation/run-workload.js';
import { livePoolProcess } from '../support/cli.js';

describe('The pipeline under misfortune', () => {
  it('keeps every rule in 1,000 seeded schedules and at every crash point', async () => {
    // In a process of its own: once the framework has served HTTP, every await is dearer.
    const words = ['simulate', '--seed', '1', '--runs', '1000', '--format', 'json'];
    const { code, stdout, stderr } = await livePoolProcess(words);
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    const { violations, ...counts } = JSON.parse(stdout);
    console.log(`      ${JSON.stringify(counts)}, ${violations.length} violations`);
    assert.deepEqual(violations, []);
    assert.equal(counts.schedules, 1000);
    assert.ok(counts.crash_points >= 300);
  });

  it('suffers the same from the same seed, to the last byte', async () => {
    const [one, other] = [await runWorkload(7), await runWorkload(7)];
    assert.deepEqual(one, other);
    assert.notEqual((await runWorkload(8)).effects, one.effects);
  });
});
