#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { FailureError } from '../../shared/failure.js';
import { contractCommand } from './commands/contract.js';
import { historyCommand } from './commands/history.js';
import { importCommand } from './commands/import.js';
import { monthlyShadowBuildCommand } from './commands/monthly-shadow-build.js';
import { reconcileCommand } from './commands/reconcile.js';
import { releaseCommand } from './commands/release.js';
import { replayCommand } from './commands/replay.js';
import { restateCommand } from './commands/restate.js';
import { rollbackCommand } from './commands/rollback.js';
import { runCommand } from './commands/run.js';
import { shadowCommand } from './commands/shadow.js';
import { simulateCommand } from './commands/simulate.js';
import { statusCommand } from './commands/status.js';
import { addGlobalOptions, warn } from './context.js';
import { EXIT, exitCodeOf } from './exit-code.js';
import { UsageError } from './usage-error.js';

const exitCodes = [
  'Exit codes: 0 ok · 1 unexpected · 2 usage · 3 contract invalid · 4 stale ·',
  '            5 conflict or superseded · 6 upstream data incomplete · 7 configuration',
].join('\n');

const program = addGlobalOptions(
  new Command('live-pool')
    .description('Decides and publishes the monthly live pool of Binance Spot coins.')
    .addHelpText('after', `\n${exitCodes}\n\nExample:\n  live-pool run && live-pool status`)
    .exitOverride(),
);

/** Commands answer with their exit code. */
let exitCode: number = EXIT.ok;
const answer = (code: number): void => {
  exitCode = code;
};

runCommand(program, answer);
monthlyShadowBuildCommand(program, answer);
shadowCommand(program, answer);
importCommand(program, answer);
contractCommand(program, answer);
releaseCommand(program, answer);
rollbackCommand(program, answer);
restateCommand(program, answer);
replayCommand(program, answer);
historyCommand(program, answer);
reconcileCommand(program, answer);
statusCommand(program, answer);
simulateCommand(program, answer);

const codeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) {
    warn(`error: ${error.message}`);
    return EXIT.usage;
  }
  if (error instanceof FailureError) {
    warn(`error: ${error.failure.message}`);
    return exitCodeOf(error.failure.code);
  }
  warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.unexpected;
};

try {
  await program.parseAsync();
  process.exitCode = exitCode;
} catch (error) {
  process.exitCode = codeOf(error);
}
