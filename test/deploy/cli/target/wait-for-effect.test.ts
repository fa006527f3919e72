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
  parkedAt = START,
  id = 'parked',
): DeadLetter => ({
  ...{ function: 'promote', id, data: new Uint8Array(), attributes },
  deadLetteredAt: new Date(parkedAt).toISOString(),
});
const refusal = { dead_letter_code: 'stale', dead_letter_reason: 'It is too old' };
const mine = letter({ ...refusal, dead_letter_message_id: MESSAGE });
const ofMonth = (parkedAt: number, id?: string): DeadLetter =>
  letter({ ...refusal, version: 'month' }, parkedAt, id);

interface Given {
  /** What each look sees; the last one goes on. */
  readonly looks: readonly (string | Failure | undefined)[];
  /** What each glance at the dead letters shows; the last one goes on. The first is before. */
  readonly letters?: readonly (readonly DeadLetter[])[];
  /** What a thorough list shows in the end. */
  readonly all?: readonly DeadLetter[];
  readonly blind?: Failure;
}

/** Follows in made-up time: every pause passes at once. */
const followed = async ({ looks, letters = [[]], all = [], blind }: Given) => {
  let time = START;
  let looked = 0;
  let glanced = 0;
  let published = 0;
  const notes: string[] = [];
  const errand: Operation<string> = {
    publish: TE.fromIO(() => {
      published += 1;
      return MESSAGE;
    }),
    functions: ['promote'],
    isRelated: ({ attributes }) => attributes.version === 'month',
    poll: async () => {
      const sight = looks[Math.min(looked, looks.length - 1)];
      looked += 1;
      if (typeof sight === 'object') throw new FailureError(sight);
      return sight;
    },
  };
  const outcome = await waitForEffect(errand, {
    deadLetters: {
      peek: () => async () => {
        if (blind !== undefined) return TE.left(blind)();
        const shown = letters[Math.min(glanced, letters.length - 1)] ?? [];
        glanced += 1;
        return TE.right(shown)();
      },
      list: () => TE.right(all),
      discard: () => TE.right('absent'),
    },
    commandLine: (words) => `live-pool ${words} --project p --bucket b`,
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
  return { outcome, looked, notes, seconds: (time - START) / 1000 };
};

const failed = async (given: Given): Promise<Failure> => {
  const { outcome } = await followed(given);
  assert.ok(typeof outcome === 'object', `it answered ${outcome}`);
  return outcome;
};

describe('following what a deployment was asked for', () => {
  it('answers as soon as the effect shows', async () => {
    const { outcome, looked } = await followed({
      looks: [undefined, undefined, 'shown', undefined],
    });
    assert.deepEqual([outcome, looked], ['shown', 3]);
  });

  it('says what the function said that has parked the message, and what to do with it', async () => {
    const { kind, code, message } = await failed({ looks: [undefined], letters: [[], [], [mine]] });
    assert.deepEqual([kind, code], ['permanent', 'stale']);
    assert.equal(
      message,
      'promote: It is too old. Once that is understood: live-pool dead-letters discard --function promote --message-id parked --project p --bucket b',
    );
  });

  it('takes a new dead letter of the same month for its own, wherever on the way', async () => {
    const { code } = await failed({ looks: [undefined], letters: [[], [ofMonth(START)]] });
    assert.equal(code, 'stale');
  });

  it('does not take an earlier one for it', async () => {
    const earlier = [ofMonth(START)];
    const { outcome } = await followed({
      looks: [undefined, undefined, 'shown'],
      letters: [earlier, earlier],
    });
    assert.equal(outcome, 'shown');
    // One that the first glance has missed.
    const missed = [ofMonth(START - 120_000)];
    const { outcome: again } = await followed({
      looks: [undefined, undefined, 'shown'],
      letters: [[], missed],
    });
    assert.equal(again, 'shown');
  });

  it('gives the wait up, says so, and names the next commands', async () => {
    const { outcome, seconds } = await followed({ looks: [undefined] });
    assert.ok(typeof outcome === 'object');
    assert.deepEqual([outcome.kind, outcome.code, seconds], ['transient', 'unavailable', 60]);
    assert.match(
      outcome.message,
      /still under way after 60 s\. See: live-pool status --project p --bucket b, then: live-pool dead-letters/,
    );
  });

  it('looks thoroughly once more before it gives up', async () => {
    const { code } = await failed({ looks: [undefined], all: [mine] });
    assert.equal(code, 'stale');
  });

  it('bears a look that fails in passing', async () => {
    const outage = transient('unavailable', 'Could not read document a/b: no answer');
    const { outcome } = await followed({ looks: [outage, 'shown'] });
    assert.equal(outcome, 'shown');
    const { message } = await failed({ looks: [outage] });
    assert.match(message, /The last look failed: Could not read document a\/b: no answer\./);
  });

  it('does not bear one that fails for good', async () => {
    const forbidden = permanent('configuration', 'these credentials may not do that');
    assert.deepEqual(await failed({ looks: [forbidden] }), forbidden);
  });

  it('follows without the dead letters where it may not read them, and says so once', async () => {
    const blind = transient('unavailable', 'Could not read the dead letters of promote: 7');
    const { outcome, notes } = await followed({ looks: [undefined, undefined, 'shown'], blind });
    assert.equal(outcome, 'shown');
    assert.deepEqual(notes, [`A refusal would not be noticed: ${blind.message}`]);
  });
});
