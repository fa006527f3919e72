import ora, { type Ora } from 'ora';
import type { Progress } from '../../local/runtime.js';
import { durationText, etaEstimator, type ProgressCount, progressText } from './eta.js';
import { onExit } from './exit-hooks.js';

/** What the stages and the source say while the month runs. */
export interface ProgressListener extends Progress {
  /** Another step of something long is done. */
  readonly progressed: (count: ProgressCount) => void;
  /** The same of something that is often over within the second, and then not worth a line. */
  readonly progressedBriefly: (count: ProgressCount) => void;
  /** The source has something to say: why it waits, what it has found. */
  readonly note: (sentence: string) => void;
}

/** Off a terminal every tenth part is enough: one line a symbol would bury the rest of a log. */
const LINES_PER_COUNT = 10;
const GLIMPSE_MILLISECONDS = 1000;

const words = (outcome: string): string => outcome.replaceAll('_', ' ');

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

/** One line about a stage: what came of it, and how long it took. */
export const finishedText = (stage: string, milliseconds: number, outcome: string): string =>
  `${stage.padEnd(15)} ${words(outcome).padEnd(13)} ${durationText(milliseconds)}`;

const stumbledText: (...of: Parameters<Progress['retrying']>) => string = (
  stage,
  failure,
  attemptsLeft,
) => {
  const next = attemptsLeft > 0 ? `trying again (${attemptsLeft} left)` : 'given up';
  return `${stage}: ${failure.message}; ${next}`;
};

/** Plain lines, for logs; no line is ever drawn over. */
export const progressInLines = (
  write: (line: string) => void,
  stopwatch: () => number,
): ProgressListener => {
  const measure = etaEstimator(stopwatch);
  return {
    started: () => undefined,
    finished: (...stage) => write(finishedText(...stage)),
    retrying: (...stage) => write(stumbledText(...stage)),
    progressed: (count) => {
      const left = measure(count);
      if (isWorthALine(count)) write(progressText(count, left));
    },
    progressedBriefly: (count) => {
      const left = measure(count) ?? 0;
      if (left >= GLIMPSE_MILLISECONDS && isWorthALine(count)) write(progressText(count, left));
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
  // A spinner that goes on hides the cursor and keeps the process up.
  onExit(() => spinner?.stop());
  // The terminal's own Ctrl-C is a signal; a spinner that reads the keys would have to make one.
  const spin = (text: string): Ora =>
    ora({ text, stream: process.stderr, discardStdin: false }).start();
  const show = (count: ProgressCount): void => {
    const text = progressText(count, measure(count));
    // Outside of the stages, too, something may take long.
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
      spinner?.warn(stumbledText(...stage));
    },
    progressed: show,
    progressedBriefly: show,
    note: (sentence) => {
      // The spinner draws itself again below the line.
      spinner?.clear();
      writeLine(sentence);
    },
  };
};

/** Whether somebody looks on: a terminal can be asked for by a CI service, too, to keep as a log. */
const isInteractive = (): boolean =>
  process.stderr.isTTY === true && process.env.TERM !== 'dumb' && !('CI' in process.env);

/** One line a stage on stderr; a spinner on a terminal, plain text elsewhere. */
export const stageProgress = (quiet: boolean): ProgressListener => {
  if (quiet) return silent;
  const stopwatch = (): number => performance.now();
  return isInteractive() ? withSpinner(stopwatch) : progressInLines(writeLine, stopwatch);
};
