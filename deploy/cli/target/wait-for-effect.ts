import * as E from 'fp-ts/lib/Either.js';
import {
  type Failure,
  FailureError,
  getOrThrow,
  permanent,
  transient,
} from '../../../shared/codec/failure.js';
import { readDeadLetterAttributes } from '../../../shared/ports/dead-letter-attributes.js';
import type { DeadLetter } from '../../../shared/ports/dead-letters.js';
import type { CommandTarget, Operation } from './command-target.js';
import { deadLetterSummary } from './dead-letter-summary.js';

export interface WaitOptions extends Pick<CommandTarget, 'deadLetters' | 'commandLine'> {
  /** Milliseconds until the command stops waiting; the pipeline keeps running. */
  readonly wait: number;
  /** Milliseconds; the clock may differ from Pub/Sub's by at most a minute. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly note: (sentence: string) => void;
}

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 2_000;
/** Consecutive failures to read dead letters after which they are no longer read. */
const MAX_PEEK_FAILURES = 2;
/** Maximum difference between this clock and Pub/Sub's. */
const SKEW_MILLISECONDS = 60_000;

const deadLetterError = (letter: DeadLetter, { commandLine }: WaitOptions): FailureError => {
  const { function: name, message_id, code, reason } = deadLetterSummary(letter);
  const discard = commandLine(`dead-letters discard --function ${name} --message-id ${message_id}`);
  return new FailureError(
    permanent(
      code ?? 'unexpected',
      `${name}: ${reason}. After investigating, remove it with: ${discard}`,
    ),
  );
};

const timeoutError = (
  { wait, commandLine }: WaitOptions,
  last: Failure | undefined,
): FailureError => {
  const cause = last === undefined ? '' : ` The last check failed: ${last.message}.`;
  return new FailureError(
    transient(
      'unavailable',
      `Timed out after ${wait / 1000} s; the pipeline is still running.${cause} See: ${commandLine('status')}, then: ${commandLine('dead-letters')}`,
    ),
  );
};

/** The failure, if another check may succeed; rethrows any other error. */
const asRetriable = (error: unknown): Failure => {
  if (
    error instanceof FailureError &&
    error.failure.kind === 'transient' &&
    error.failure.code === 'unavailable'
  )
    return error.failure;
  throw error;
};

/**
 * Publishes a message, then checks for its effect and for new dead letters of the functions that
 * process it, until one of them appears or the time is over. Dead letters that were there before
 * the message belong to other messages.
 */
export const waitForEffect = async <A>(
  operation: Operation<A>,
  options: WaitOptions,
): Promise<A> => {
  const { deadLetters, wait, now, sleep, note } = options;
  const { publish, functions, isRelated, poll } = operation;
  let deadLettersUnreadable = false;
  let failures = 0;
  const peek = async (): Promise<readonly DeadLetter[]> => {
    if (deadLettersUnreadable || functions.length === 0) return [];
    const found = await deadLetters.peek(functions)();
    failures = E.isRight(found) ? 0 : failures + 1;
    if (E.isRight(found)) return found.right;
    if (failures < MAX_PEEK_FAILURES) return [];
    // An operator may have permission to publish but not to read dead letters.
    deadLettersUnreadable = true;
    note(`Cannot read dead letters, so a rejection would go unreported: ${found.left.message}`);
    return [];
  };

  const before = new Set((await peek()).map(({ id }) => id));
  const start = now();
  const messageId = getOrThrow(await publish());
  const relatedLetter = (letters: readonly DeadLetter[]): DeadLetter | undefined =>
    letters.find(
      (letter) =>
        readDeadLetterAttributes(letter.attributes).dead_letter_message_id === messageId ||
        (isRelated(letter) &&
          !before.has(letter.id) &&
          Date.parse(letter.deadLetteredAt) > start - SKEW_MILLISECONDS),
    );

  let last: Failure | undefined;
  for (
    let pause = FIRST_PAUSE_MILLISECONDS;
    ;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)
  ) {
    try {
      const effect = await poll();
      if (effect !== undefined) return effect;
      last = undefined;
    } catch (error) {
      last = asRetriable(error);
    }
    const letter = relatedLetter(await peek());
    if (letter !== undefined) throw deadLetterError(letter, options);
    const left = start + wait - now();
    if (left <= 0) break;
    await sleep(Math.min(pause, left));
  }
  // A peek returns only some of the dead letters; a list returns all.
  const all =
    deadLettersUnreadable || functions.length === 0
      ? E.right([])
      : await deadLetters.list(functions)();
  const letter = E.isRight(all) ? relatedLetter(all.right) : undefined;
  throw letter === undefined ? timeoutError(options, last) : deadLetterError(letter, options);
};
