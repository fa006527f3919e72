import ora, { type Ora } from 'ora';
import type { Progress } from '../local/runtime.js';

const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

const words = (outcome: string): string => outcome.replaceAll('_', ' ');

/** One line a stage on stderr; a spinner on a terminal, plain text elsewhere. */
export const stageProgress = (quiet: boolean): Progress => {
  let spinner: Ora | undefined;
  return {
    started: (stage) => {
      if (quiet) return;
      const isTerminal = process.stderr.isTTY === true;
      spinner = ora({ text: stage, stream: process.stderr, isSilent: !isTerminal }).start();
    },
    finished: (stage, milliseconds, outcome) => {
      if (quiet) return;
      const text = `${stage.padEnd(15)} ${words(outcome).padEnd(13)} ${seconds(milliseconds)}`;
      const failed = outcome === 'dead_letter';
      if (process.stderr.isTTY === true) {
        if (failed) spinner?.fail(text);
        else spinner?.succeed(text);
      } else process.stderr.write(`${text}\n`);
    },
    stumbled: (stage, failure, attemptsLeft) => {
      if (quiet) return;
      const next = attemptsLeft > 0 ? `trying again (${attemptsLeft} left)` : 'given up';
      const text = `${stage}: ${failure.message}; ${next}`;
      if (process.stderr.isTTY === true) spinner?.warn(text);
      else process.stderr.write(`${text}\n`);
    },
  };
};
