import assert from 'node:assert/strict';
import { lazyAsync } from '../../functions/lazy-async.js';

/** Counts its starts; the first `failing` of them fail. */
const counted = (failing: number) => {
  const seen = { starts: 0 };
  const call = lazyAsync(async () => {
    seen.starts += 1;
    const mine = seen.starts;
    await Promise.resolve();
    if (mine <= failing) throw new Error(`start ${mine} failed`);
    return `start ${mine}`;
  });
  return { seen, call };
};

describe('A lazy value', () => {
  it('is not computed before its first use', () => {
    assert.equal(counted(0).seen.starts, 0);
  });

  it('is shared by concurrent and by later callers', async () => {
    const { seen, call } = counted(0);
    assert.deepEqual(await Promise.all([call(), call()]), ['start 1', 'start 1']);
    assert.equal(await call(), 'start 1');
    assert.equal(seen.starts, 1);
  });

  it('is computed again after a failure, which all waiting callers receive', async () => {
    const { seen, call } = counted(1);
    const [one, two] = [call(), call()];
    await assert.rejects(one, /^Error: start 1 failed$/);
    await assert.rejects(two, /^Error: start 1 failed$/);
    assert.deepEqual(await Promise.all([call(), call()]), ['start 2', 'start 2']);
    assert.equal(seen.starts, 2);
  });
});
