import assert from 'node:assert/strict';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Operation } from '../../../../deploy/cli/target/command-target.js';
import { waitForEffect } from '../../../../deploy/cli/target/wait-for-effect.js';
import {
  type Failure,
  FailureError,
  permanent,
  transient,
} from '../../../../shared/codec/failure.js';
import type { DeadLetter } from '../../../../shared/ports/dead-letters.js';

const START = Date.parse('2026-03-14T00:30:00Z');
const MESSAGE = 'message-7';

const letter = (
  attributes: Record<string, string>,
  deadLetteredAt = START,
  id = 'letter-1',
): DeadLetter => ({
  ...{ function: 'promote', id, data: new Uint8Array(), attributes },
  deadLetteredAt: new Date(deadLetteredAt).toISOString(),
});
const rejection = { dead_letter_code: 'stale', dead_letter_reason: 'It is too old' };
const mine = letter({ ...rejection, dead_letter_message_id: MESSAGE });
const ofMonth = (deadLetteredAt: number, id?: string): DeadLetter =>
  letter({ ...rejection, version: 'month' }, deadLetteredAt, id);

interface Given {
  /** The result of each poll; the last one repeats. */
  readonly polls: readonly (string | Failure | undefined)[];
  /** The result of each peek; the last one repeats. The first is before the message. */
  readonly letters?: readonly (readonly DeadLetter[])[];
  /** The result of the list at the end. */
  readonly all?: readonly DeadLetter[];
  /** With this failure every peek fails. */
  readonly unreadable?: Failure;
}

/** Waits on a fake clock: every pause passes at once. */
const waited = async ({ polls, letters = [[]], all = [], unreadable }: Given) => {
  let time = START;
  let polled = 0;
  let peeked = 0;
  let published = 0;
  const notes: string[] = [];
  const operation: Operation<string> = {
    publish: TE.fromIO(() => {
      published += 1;
      return MESSAGE;
    }),
    functions: ['promote'],
    isRelated: ({ attributes }) => attributes.version === 'month',
    poll: async () => {
      const result = polls[Math.min(polled, polls.length - 1)];
      polled += 1;
      if (typeof result === 'object') throw new FailureError(result);
      return result;
    },
  };
  const outcome = await waitForEffect(operation, {
    deadLetters: {
      peek: () => async () => {
        if (unreadable !== undefined) return TE.left(unreadable)();
        const shown = letters[Math.min(peeked, letters.length - 1)] ?? [];
        peeked += 1;
        return TE.right(shown)();
      },
      list: () => TE.right(all),
      discard: () => TE.right('absent'),
    },
    commandLine: (args) => `live-pool ${args} --project p --bucket b`,
    wait: 60_000,
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
    note: (sentence) => notes.push(sentence),
  }).catch((error: unknown) => {
    assert.ok(error instanceof FailureError, String(error));
    return error.failure;
  });
  assert.equal(published, 1);
  return { outcome, polled, notes, seconds: (time - START) / 1000 };
};

const failed = async (given: Given): Promise<Failure> => {
  const { outcome } = await waited(given);
  assert.ok(typeof outcome === 'object', `it resolved to ${outcome}`);
  return outcome;
};

describe('waiting for the effect of a message in a deployment', () => {
  it('resolves as soon as the effect appears', async () => {
    const { outcome, polled } = await waited({
      polls: [undefined, undefined, 'shown', undefined],
    });
    assert.deepEqual([outcome, polled], ['shown', 3]);
  });

  it('fails with the reason of the dead letter and the command that removes it', async () => {
    const { kind, code, message } = await failed({ polls: [undefined], letters: [[], [], [mine]] });
    assert.deepEqual([kind, code], ['permanent', 'stale']);
    assert.equal(
      message,
      'promote: It is too old. After investigating, remove it with: live-pool dead-letters discard --function promote --message-id letter-1 --project p --bucket b',
    );
  });

  it('fails for a new dead letter of the same month from any function on the way', async () => {
    const { code } = await failed({ polls: [undefined], letters: [[], [ofMonth(START)]] });
    assert.equal(code, 'stale');
  });

  it('ignores a dead letter from before the message', async () => {
    const earlier = [ofMonth(START)];
    const { outcome } = await waited({
      polls: [undefined, undefined, 'shown'],
      letters: [earlier, earlier],
    });
    assert.equal(outcome, 'shown');
    // A dead letter that the first peek has missed.
    const missed = [ofMonth(START - 120_000)];
    const { outcome: again } = await waited({
      polls: [undefined, undefined, 'shown'],
      letters: [[], missed],
    });
    assert.equal(again, 'shown');
  });

  it('times out with a message that names the next commands', async () => {
    const { outcome, seconds } = await waited({ polls: [undefined] });
    assert.ok(typeof outcome === 'object');
    assert.deepEqual([outcome.kind, outcome.code, seconds], ['transient', 'unavailable', 60]);
    assert.match(
      outcome.message,
      /Timed out after 60 s; the pipeline is still running\. See: live-pool status --project p --bucket b, then: live-pool dead-letters/,
    );
  });

  it('lists all dead letters once before it times out', async () => {
    const { code } = await failed({ polls: [undefined], all: [mine] });
    assert.equal(code, 'stale');
  });

  it('polls again after a transient failure', async () => {
    const outage = transient('unavailable', 'Could not read document a/b: no answer');
    const { outcome } = await waited({ polls: [outage, 'shown'] });
    assert.equal(outcome, 'shown');
    const { message } = await failed({ polls: [outage] });
    assert.match(message, /The last check failed: Could not read document a\/b: no answer\./);
  });

  it('fails at once for a permanent failure', async () => {
    const forbidden = permanent('configuration', 'these credentials may not do that');
    assert.deepEqual(await failed({ polls: [forbidden] }), forbidden);
  });

  it('waits without dead letters if it cannot read them, and warns once', async () => {
    const unreadable = transient('unavailable', 'Could not read the dead letters of promote: 7');
    const { outcome, notes } = await waited({ polls: [undefined, undefined, 'shown'], unreadable });
    assert.equal(outcome, 'shown');
    assert.deepEqual(notes, [
      `Cannot read dead letters, so a rejection would go unreported: ${unreadable.message}`,
    ]);
  });
});
