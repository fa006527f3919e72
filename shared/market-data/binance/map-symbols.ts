import * as E from 'fp-ts/lib/Either.js';
import type * as TE from 'fp-ts/lib/TaskEither.js';
import pLimit from 'p-limit';
import { type Failure, permanent, transient } from '../../codec/failure.js';

/** The progress of a task over many symbols. */
export interface SymbolProgress {
  readonly task: 'candidates' | 'bars';
  readonly done: number;
  readonly total: number;
  /** The symbol that was completed last. */
  readonly symbol: string;
}

/**
 * Symbols in progress at a time. It equals the number of concurrent requests, so that a symbol with
 * many pages is complete and stored long before the last one begins.
 */
const AT_A_TIME = 6;
/** After this many failures the exchange is considered down, and the rest is not tried. */
const GIVE_UP_AFTER = 6;
const NAMES_SHOWN = 20;

interface SymbolFailure {
  readonly symbol: string;
  readonly failure: Failure;
}

/** One failure that names every failed symbol. */
const summary = (
  what: string,
  symbols: readonly string[],
  failed: readonly [SymbolFailure, ...SymbolFailure[]],
  untried: readonly string[],
): Failure => {
  const names = [...failed.map(({ symbol }) => symbol), ...untried].sort();
  const [{ symbol, failure: cause }] = failed;
  const rest = names.length - NAMES_SHOWN;
  const shown = `${names.slice(0, NAMES_SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const notTried = untried.length > 0 ? ` (${untried.length} of them not tried)` : '';
  const message = `binance: expected ${what} of ${symbols.length} symbols, but ${names.length} failed${notTried}: ${shown}. The first, ${symbol}: ${cause.message}`;
  const details = { context: { ...cause.context, symbols: names }, cause: cause.cause };
  const passing = failed.find(({ failure }) => failure.kind === 'transient');
  return passing === undefined
    ? permanent(cause.code, message, details)
    : transient(passing.failure.code, message, details);
};

/**
 * Runs a task for each symbol, a few at a time; the results are in the order of the symbols. A
 * failure does not stop the other symbols, but fails the whole; after too many failures the rest is
 * not tried.
 */
export const mapSymbols =
  (task: SymbolProgress['task'], onProgress: (progress: SymbolProgress) => void) =>
  <A>(
    what: string,
    symbols: readonly string[],
    ask: (symbol: string) => TE.TaskEither<Failure, A>,
  ): TE.TaskEither<Failure, readonly A[]> =>
  async () => {
    const failed: SymbolFailure[] = [];
    const untried: string[] = [];
    const answers: A[] = [];
    let done = 0;
    await pLimit(AT_A_TIME).map(symbols, async (symbol, index) => {
      if (failed.length >= GIVE_UP_AFTER) {
        untried.push(symbol);
        return;
      }
      const answer = await ask(symbol)();
      if (E.isLeft(answer)) {
        failed.push({ symbol, failure: answer.left });
        return;
      }
      answers[index] = answer.right;
      done += 1;
      onProgress({ task, done, total: symbols.length, symbol });
    });
    const [first, ...others] = failed;
    return first === undefined
      ? E.right(answers)
      : E.left(summary(what, symbols, [first, ...others], untried));
  };
