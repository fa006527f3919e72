import { Command, CommanderError } from 'commander';
import { FailureError } from '../../shared/codec/failure.js';
import { addGlobalOptions, type SetExitCode, warn } from './context.js';
import { contractCommand } from './declarations/contract.js';
import { deadLettersCommand } from './declarations/dead-letters.js';
import { explainCommand } from './declarations/explain.js';
import { historyCommand } from './declarations/history.js';
import { importCommand } from './declarations/import.js';
import { monthlyShadowBuildCommand } from './declarations/monthly-shadow-build.js';
import { reconcileCommand } from './declarations/reconcile.js';
import { releaseCommand } from './declarations/release.js';
import { replayCommand } from './declarations/replay.js';
import { reportCommand } from './declarations/report.js';
import { restateCommand } from './declarations/restate.js';
import { rollbackCommand } from './declarations/rollback.js';
import { runCommand } from './declarations/run.js';
import { shadowCommand } from './declarations/shadow.js';
import { simulateCommand } from './declarations/simulate.js';
import { statusCommand } from './declarations/status.js';
import { EXIT } from './terminal/exit-code.js';
import { exitCodeOfError } from './terminal/exit-code-of-error.js';
import { runExitHooks } from './terminal/exit-hooks.js';
import { exampleText } from './terminal/help.js';
import { UsageError } from './terminal/usage-error.js';
import { addVersionOption } from './version-option.js';

const EXIT_CODES = [
  'Exit codes:',
  '  0 ok · 1 unexpected · 2 usage · 3 contract invalid · 4 stale ·',
  '  5 conflict or superseded · 6 upstream data incomplete · 7 configuration',
].join('\n');

/** In the order of the help. */
const commands: readonly ((program: Command, setExitCode: SetExitCode) => void)[] = [
  runCommand,
  monthlyShadowBuildCommand,
  shadowCommand,
  importCommand,
  contractCommand,
  releaseCommand,
  rollbackCommand,
  restateCommand,
  replayCommand,
  deadLettersCommand,
  historyCommand,
  reconcileCommand,
  explainCommand,
  reportCommand,
  statusCommand,
  simulateCommand,
];

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

const everyCommand = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

/** Declares all commands and loads none. */
export const makeProgram = (args: readonly string[], setExitCode: SetExitCode): Command => {
  const program = addGlobalOptions(new Command('live-pool'))
    .description('Decides and publishes the monthly live pool of Binance Spot coins.')
    .addHelpText('after', `\n${EXIT_CODES}`)
    .addHelpText('after', exampleText('live-pool run && live-pool status'))
    // Lets `explain --version V` differ from the program's own --version.
    .enablePositionalOptions()
    .exitOverride();
  addVersionOption(program, args);
  for (const declare of commands) declare(program, setExitCode);
  for (const command of everyCommand(program))
    command.showHelpAfterError(`See: ${pathOf(command)} --help`);
  return program;
};

/** The message on stderr; undefined where commander has already printed one. */
const errorText = (error: unknown, commandPath: string): string | undefined => {
  if (error instanceof CommanderError) return undefined;
  if (error instanceof UsageError) return `error: ${error.message}\nSee: ${commandPath} --help`;
  if (error instanceof FailureError) return `error: ${error.failure.message}`;
  // A system call's message names the cause, e.g. a full disk or a folder without permission.
  if (error instanceof Error && 'syscall' in error) return `error: ${error.message}`;
  // Any other exception is a defect of the program: the stack says where.
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

/** Runs the command that `args` name and resolves to the exit code. */
export const runCommandLine = async (args: readonly string[]): Promise<number> => {
  let exitCode: number = EXIT.ok;
  let commandPath = 'live-pool';
  try {
    const program = makeProgram(args, (code) => {
      exitCode = code;
    });
    program.hook('preAction', (_program, command) => {
      commandPath = pathOf(command);
    });
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    const text = errorText(error, commandPath);
    if (text !== undefined) warn(text);
    return exitCodeOfError(error);
  } finally {
    runExitHooks();
  }
};
