import ora, { type Ora } from 'ora';
import type { SymbolProgress } from '../../shared/market-data/binance/each-symbol.js';
import type { Progress } from '../local/runtime.js';

/** How far the windows of the shadow history have come. */
export interface WindowProgress {
  readonly done: number;
  readonly total: number;
  /** What is still to be waited for, if it goes on as it went. */
  readonly millisecondsLeft: number;
}

/** What the stages and the source say while the month runs. */
export interface RunProgress extends Progress {
  /** Another symbol has been loaded. */
  readonly loaded: (progress: SymbolProgress) => void;
  /** Another window has been scored. */
  readonly scored: (progress: WindowProgress) => void;
  /** The source has something to say: why it waits, what it has found. */
  readonly noted: (sentence: string) => void;
}

const LINES_PER_TASK = 10;

const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

const words = (outcome: string): string => outcome.replaceAll('_', ' ');

/** Off a terminal every tenth part is enough: one line a symbol would bury the rest of a log. */
const isWorthALine = ({ done, total }: Pick<SymbolProgress, 'done' | 'total'>): boolean =>
  Math.floor((done * LINES_PER_TASK) / total) > Math.floor(((done - 1) * LINES_PER_TASK) / total);

const silent: RunProgress = {
  started: () => undefined,
  finished: () => undefined,
  stumbled: () => undefined,
  loaded: () => undefined,
  scored: () => undefined,
  noted: () => undefined,
};

/** One line about a stage: what came of it, and how long it took. */
export const finishedText = (stage: string, milliseconds: number, outcome: string): string =>
  `${stage.padEnd(15)} ${words(outcome).padEnd(13)} ${seconds(milliseconds)}`;

const stumbledText: (...of: Parameters<Progress['stumbled']>) => string = (
  stage,
  failure,
  attemptsLeft,
) => {
  const next = attemptsLeft > 0 ? `trying again (${attemptsLeft} left)` : 'given up';
  return `${stage}: ${failure.message}; ${next}`;
};

const loadedText = ({ task, done, total, symbol }: SymbolProgress): string =>
  `${task} ${done}/${total} ${symbol}`;

const scoredText = ({ done, total, millisecondsLeft }: WindowProgress): string =>
  `windows ${done}/${total}${done < total ? `, about ${seconds(millisecondsLeft)} left` : ''}`;

const write = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const inLines: RunProgress = {
  started: () => undefined,
  finished: (...stage) => write(finishedText(...stage)),
  stumbled: (...stage) => write(stumbledText(...stage)),
  loaded: (progress) => {
    if (isWorthALine(progress)) write(loadedText(progress));
  },
  scored: (progress) => {
    if (isWorthALine(progress)) write(scoredText(progress));
  },
  noted: write,
};

const withSpinner = (): RunProgress => {
  let spinner: Ora | undefined;
  let stageName = '';
  const show = (text: string): void => {
    if (spinner !== undefined) spinner.text = `${stageName}: ${text}`;
  };
  return {
    started: (stage) => {
      stageName = stage;
      spinner = ora({ text: stage, stream: process.stderr }).start();
    },
    finished: (stage, milliseconds, outcome) => {
      const text = finishedText(stage, milliseconds, outcome);
      if (outcome === 'dead_letter') spinner?.fail(text);
      else spinner?.succeed(text);
    },
    stumbled: (...stage) => {
      spinner?.warn(stumbledText(...stage));
    },
    loaded: (progress) => show(loadedText(progress)),
    scored: (progress) => show(scoredText(progress)),
    noted: (sentence) => {
      // The spinner draws itself again below the line.
      spinner?.clear();
      write(sentence);
    },
  };
};

/** One line a stage on stderr; a spinner on a terminal, plain text elsewhere. */
export const stageProgress = (quiet: boolean): RunProgress => {
  if (quiet) return silent;
  return process.stderr.isTTY === true ? withSpinner() : inLines;
};
