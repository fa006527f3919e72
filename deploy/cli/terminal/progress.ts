import ora, { type Ora } from 'ora';
import type { Progress } from '../../local/runtime.js';
import { durationText, etaEstimator, type ProgressCount, progressText } from './eta.js';
import { onExit } from './exit-hooks.js';

/** Progress of the stages and of the market-data source during a monthly run. */
export interface ProgressListener extends Progress {
  /** One more step of a long task is done. */
  readonly progressed: (count: ProgressCount) => void;
  /** The same for a task that often ends within a second; then it prints no line. */
  readonly progressedBriefly: (count: ProgressCount) => void;
  /** A message of the source, e.g. why it waits or what it has found. */
  readonly note: (sentence: string) => void;
}

/** In a log ten lines per count are enough; one line per symbol would hide the rest of the log. */
const LINES_PER_COUNT = 10;
/** A brief task with less time left than this prints no line. */
const MIN_LEFT_MILLISECONDS = 1000;

const humanise = (outcome: string): string => outcome.replaceAll('_', ' ');

const isWorthALine = ({ done, total }: Pick<ProgressCount, 'done' | 'total'>): boolean =>
  done > 0 &&
  Math.floor((done * LINES_PER_COUNT) / total) > Math.floor(((done - 1) * LINES_PER_COUNT) / total);

const silent: ProgressListener = {
  started: () => undefined,
  finished: () => undefined,
  retrying: () => undefined,
  progressed: () => undefined,
  progressedBriefly: () => undefined,
  note: () => undefined,
};

/** One line about a stage: its outcome and its duration. */
export const finishedText = (stage: string, milliseconds: number, outcome: string): string =>
  `${stage.padEnd(15)} ${humanise(outcome).padEnd(13)} ${durationText(milliseconds)}`;

const retryText: (...of: Parameters<Progress['retrying']>) => string = (
  stage,
  failure,
  attemptsLeft,
) => {
  const next =
    attemptsLeft > 0
      ? `retrying, attempts left: ${attemptsLeft}`
      : 'dead-lettered after the last attempt';
  return `${stage}: ${failure.message}; ${next}`;
};

/** Plain lines, for logs; never overwrites a line. */
export const progressInLines = (
  write: (line: string) => void,
  stopwatch: () => number,
): ProgressListener => {
  const measure = etaEstimator(stopwatch);
  return {
    started: () => undefined,
    finished: (...stage) => write(finishedText(...stage)),
    retrying: (...stage) => write(retryText(...stage)),
    progressed: (count) => {
      const left = measure(count);
      if (isWorthALine(count)) write(progressText(count, left));
    },
    progressedBriefly: (count) => {
      const left = measure(count) ?? 0;
      if (left >= MIN_LEFT_MILLISECONDS && isWorthALine(count)) write(progressText(count, left));
    },
    note: write,
  };
};

const writeLine = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const withSpinner = (stopwatch: () => number): ProgressListener => {
  const measure = etaEstimator(stopwatch);
  let spinner: Ora | undefined;
  let stageName: string | undefined;
  // A running spinner hides the cursor and keeps the process alive.
  onExit(() => spinner?.stop());
  // If the spinner read stdin, Ctrl-C would not arrive as a signal.
  const spin = (text: string): Ora =>
    ora({ text, stream: process.stderr, discardStdin: false }).start();
  const show = (count: ProgressCount): void => {
    const text = progressText(count, measure(count));
    // Long tasks outside the stages have a spinner as well.
    spinner ??= spin(text);
    spinner.text = stageName === undefined ? text : `${stageName}: ${text}`;
    if (stageName === undefined && count.done >= count.total) {
      spinner.stop();
      spinner = undefined;
    }
  };
  return {
    started: (stage) => {
      stageName = stage;
      spinner = spin(stage);
    },
    finished: (stage, milliseconds, outcome) => {
      const text = finishedText(stage, milliseconds, outcome);
      if (outcome === 'dead_letter') spinner?.fail(text);
      else spinner?.succeed(text);
      spinner = undefined;
      stageName = undefined;
    },
    retrying: (...stage) => {
      spinner?.warn(retryText(...stage));
    },
    progressed: show,
    progressedBriefly: show,
    note: (sentence) => {
      // The spinner is drawn again below the line.
      spinner?.clear();
      writeLine(sentence);
    },
  };
};

/** True for a terminal that a person watches; a CI service may provide a terminal as well. */
const isInteractive = (): boolean =>
  process.stderr.isTTY === true && process.env.TERM !== 'dumb' && !('CI' in process.env);

/** One line per stage on stderr: with a spinner on a terminal, else plain text. */
export const stageProgress = ({ quiet }: { readonly quiet: boolean }): ProgressListener => {
  if (quiet) return silent;
  const stopwatch = (): number => performance.now();
  return isInteractive() ? withSpinner(stopwatch) : progressInLines(writeLine, stopwatch);
};
