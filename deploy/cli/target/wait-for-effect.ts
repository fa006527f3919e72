import * as E from 'fp-ts/lib/Either.js';
import { type Failure, FailureError, permanent, transient } from '../../../shared/codec/failure.js';
import type { DeadLetter } from '../../../shared/ports/dead-letters.js';
import { unwrap } from '../context.js';
import type { Desk, Errand } from './command-target.js';
import { deadLetterFacts } from './dead-letter-summary.js';

export interface FollowOptions extends Pick<Desk, 'deadLetters' | 'command'> {
  /** Milliseconds after which the command gives up waiting, not the pipeline working. */
  readonly wait: number;
  /** Milliseconds on a clock that agrees with the transport's to within a minute. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly note: (sentence: string) => void;
}

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 2_000;
/** Looks at the dead letters that fail in a row before they are given up. */
const FAILURES_UNTIL_BLIND = 2;
/** How far our clock and the transport's may differ. */
const SKEW_MILLISECONDS = 60_000;

const parked = (letter: DeadLetter, { command }: FollowOptions): FailureError => {
  const { function: name, message_id, code, reason } = deadLetterFacts(letter);
  const discard = command(`dead-letters discard --function ${name} --message-id ${message_id}`);
  return new FailureError(
    permanent(code ?? 'unexpected', `${name}: ${reason}. Once that is understood: ${discard}`),
  );
};

const late = ({ wait, command }: FollowOptions, last: Failure | undefined): FailureError => {
  const trouble = last === undefined ? '' : ` The last look failed: ${last.message}.`;
  return new FailureError(
    transient(
      'unavailable',
      `Asked for, and still under way after ${wait / 1000} s.${trouble} See: ${command('status')}, then: ${command('dead-letters')}`,
    ),
  );
};

/** A failure that another look may not have. */
const passing = (error: unknown): Failure => {
  if (
    error instanceof FailureError &&
    error.failure.kind === 'transient' &&
    error.failure.code === 'unavailable'
  )
    return error.failure;
  throw error;
};

/**
 * Publishes, then looks for the effect, and for what the functions on the way have parked, until
 * one of them shows or the wait is over. What was parked before is somebody else's.
 */
export const follow = async <A>(errand: Errand<A>, options: FollowOptions): Promise<A> => {
  const { deadLetters, wait, now, sleep, note } = options;
  const { publish, through, concerns, look } = errand;
  let blind = false;
  let failures = 0;
  const glance = async (): Promise<readonly DeadLetter[]> => {
    if (blind || through.length === 0) return [];
    const found = await deadLetters.glance(through)();
    failures = E.isRight(found) ? 0 : failures + 1;
    if (E.isRight(found)) return found.right;
    if (failures < FAILURES_UNTIL_BLIND) return [];
    // Whoever may publish need not be allowed to read what was parked.
    blind = true;
    note(`A refusal would not be noticed: ${found.left.message}`);
    return [];
  };

  const before = new Set((await glance()).map(({ id }) => id));
  const start = now();
  const messageId = unwrap(await publish());
  const refusalIn = (letters: readonly DeadLetter[]): DeadLetter | undefined =>
    letters.find(
      (letter) =>
        letter.attributes.dead_letter_message_id === messageId ||
        (concerns(letter) &&
          !before.has(letter.id) &&
          Date.parse(letter.parkedAt) > start - SKEW_MILLISECONDS),
    );

  let last: Failure | undefined;
  for (
    let pause = FIRST_PAUSE_MILLISECONDS;
    ;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)
  ) {
    try {
      const effect = await look();
      if (effect !== undefined) return effect;
      last = undefined;
    } catch (error) {
      last = passing(error);
    }
    const refused = refusalIn(await glance());
    if (refused !== undefined) throw parked(refused, options);
    const left = start + wait - now();
    if (left <= 0) break;
    await sleep(Math.min(pause, left));
  }
  // A glance may have missed it.
  const all = blind || through.length === 0 ? E.right([]) : await deadLetters.list(through)();
  const refused = E.isRight(all) ? refusalIn(all.right) : undefined;
  throw refused === undefined ? late(options, last) : parked(refused, options);
};
