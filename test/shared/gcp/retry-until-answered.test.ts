import assert from 'node:assert/strict';
import { untilAnswered } from '../../../shared/gcp/retry-until-answered.js';
import { DeadlineExceeded } from '../../../shared/with-timeout.js';

/** A request with these outcomes, one for each try. */
const scripted = (...outcomes: readonly (Error | string)[]) => {
  let tries = 0;
  return {
    tries: () => tries,
    request: async (): Promise<string> => {
      const outcome = outcomes[tries] ?? 'the script has ended';
      tries += 1;
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
};

describe('A request to Cloud Storage', () => {
  const { signal } = new AbortController();

  it('is repeated after each timeout', async () => {
    const { request, tries } = scripted(new DeadlineExceeded(1), new DeadlineExceeded(1), 'here');
    assert.equal(await untilAnswered(signal, request), 'here');
    assert.equal(tries(), 3);
  });

  it('is not repeated after any other failure', async () => {
    const { request, tries } = scripted(new Error('refused'), 'here');
    await assert.rejects(untilAnswered(signal, request), /refused/);
    assert.equal(tries(), 1);
  });

  it('is not repeated after its operation has timed out', async () => {
    const controller = new AbortController();
    const { request, tries } = scripted(new DeadlineExceeded(1), 'here');
    const giveUp = async (): Promise<string> => {
      controller.abort(new Error('given up'));
      return request();
    };
    await assert.rejects(untilAnswered(controller.signal, giveUp), /given up/);
    assert.equal(tries(), 1);
  });
});
