import * as E from 'fp-ts/lib/Either.js';
import {
  type Failure,
  FailureError,
  getOrThrow,
  permanent,
  transient,
} from '../../../shared/codec/failure.js';
import type { DeadLetter } from '../../../shared/ports/dead-letters.js';
import type { CommandTarget, Operation } from './command-target.js';
import { deadLetterSummary } from './dead-letter-summary.js';

export interface WaitOptions extends Pick<CommandTarget, 'deadLetters' | 'commandLine'> {
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
const MAX_PEEK_FAILURES = 2;
/** How far our clock and the transport's may differ. */
const SKEW_MILLISECONDS = 60_000;

const deadLetterError = (letter: DeadLetter, { commandLine }: WaitOptions): FailureError => {
  const { function: name, message_id, code, reason } = deadLetterSummary(letter);
  const discard = commandLine(`dead-letters discard --function ${name} --message-id ${message_id}`);
  return new FailureError(
    permanent(code ?? 'unexpected', `${name}: ${reason}. Once that is understood: ${discard}`),
  );
};

const timeoutError = (
  { wait, commandLine }: WaitOptions,
  last: Failure | undefined,
): FailureError => {
  const trouble = last === undefined ? '' : ` The last look failed: ${last.message}.`;
  return new FailureError(
    transient(
      'unavailable',
      `Asked for, and still under way after ${wait / 1000} s.${trouble} See: ${commandLine('status')}, then: ${commandLine('dead-letters')}`,
    ),
  );
};

/** A failure that another look may not have. */
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
 * Publishes, then looks for the effect, and for what the functions on the way have parked, until
 * one of them shows or the wait is over. What was parked before is somebody else's.
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
    // Whoever may publish need not be allowed to read what was parked.
    deadLettersUnreadable = true;
    note(`A refusal would not be noticed: ${found.left.message}`);
    return [];
  };

  const before = new Set((await peek()).map(({ id }) => id));
  const start = now();
  const messageId = getOrThrow(await publish());
  const refusalIn = (letters: readonly DeadLetter[]): DeadLetter | undefined =>
    letters.find(
      (letter) =>
        letter.attributes.dead_letter_message_id === messageId ||
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
    const rejected = refusalIn(await peek());
    if (rejected !== undefined) throw deadLetterError(rejected, options);
    const left = start + wait - now();
    if (left <= 0) break;
    await sleep(Math.min(pause, left));
  }
  // A glance may have missed it.
  const all =
    deadLettersUnreadable || functions.length === 0
      ? E.right([])
      : await deadLetters.list(functions)();
  const refused = E.isRight(all) ? refusalIn(all.right) : undefined;
  throw refused === undefined ? timeoutError(options, last) : deadLetterError(refused, options);
};
