import { Command, CommanderError } from 'commander';
import { FailureError } from '../../shared/failure.js';
import { type Answer, addGlobalOptions, warn } from './context.js';
import { EXIT, exitCodeOf } from './exit-code.js';
import { exampleText } from './help.js';
import { leave } from './leaving.js';
import { UsageError } from './usage-error.js';
import { addVersionOption } from './version-option.js';

const EXIT_CODES = [
  'Exit codes:',
  '  0 ok · 1 unexpected · 2 usage · 3 contract invalid · 4 stale ·',
  '  5 conflict or superseded · 6 upstream data incomplete · 7 configuration',
].join('\n');

type Register = (program: Command, answer: Answer) => void;

/** In the order in which help lists them. */
const commands: Readonly<Record<string, () => Promise<Register>>> = {
  run: async () => (await import('./commands/run.js')).runCommand,
  'monthly-shadow-build': async () =>
    (await import('./commands/monthly-shadow-build.js')).monthlyShadowBuildCommand,
  shadow: async () => (await import('./commands/shadow.js')).shadowCommand,
  import: async () => (await import('./commands/import.js')).importCommand,
  contract: async () => (await import('./commands/contract.js')).contractCommand,
  release: async () => (await import('./commands/release.js')).releaseCommand,
  rollback: async () => (await import('./commands/rollback.js')).rollbackCommand,
  restate: async () => (await import('./commands/restate.js')).restateCommand,
  replay: async () => (await import('./commands/replay.js')).replayCommand,
  'dead-letters': async () => (await import('./commands/dead-letters.js')).deadLettersCommand,
  history: async () => (await import('./commands/history.js')).historyCommand,
  reconcile: async () => (await import('./commands/reconcile.js')).reconcileCommand,
  explain: async () => (await import('./commands/explain.js')).explainCommand,
  report: async () => (await import('./commands/report.js')).reportCommand,
  status: async () => (await import('./commands/status.js')).statusCommand,
  simulate: async () => (await import('./commands/simulate.js')).simulateCommand,
};

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

const everyCommand = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

/** The command with what the line names, for a quick start; with everything where it names none. */
export const makeProgram = async (words: readonly string[], answer: Answer): Promise<Command> => {
  const program = addGlobalOptions(new Command('live-pool'))
    .description('Decides and publishes the monthly live pool of Binance Spot coins.')
    .addHelpText('after', `\n${EXIT_CODES}`)
    .addHelpText('after', exampleText('live-pool run && live-pool status'))
    // `explain --version V` is not the program's own --version.
    .enablePositionalOptions()
    .exitOverride();
  addVersionOption(program, words);
  const named = Object.keys(commands).filter((name) => words.includes(name));
  const wanted =
    named.length > 0 && !['-h', '--help', 'help'].includes(words[0] ?? '')
      ? named
      : Object.keys(commands);
  for (const name of wanted) (await commands[name]?.())?.(program, answer);
  for (const command of everyCommand(program))
    command.showHelpAfterError(`See: ${pathOf(command)} --help`);
  return program;
};

const codeOf = (error: unknown, asked: string): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) {
    warn(`error: ${error.message}\nSee: ${asked} --help`);
    return EXIT.usage;
  }
  if (error instanceof FailureError) {
    warn(`error: ${error.failure.message}`);
    return exitCodeOf(error.failure.code);
  }
  // The system's own words name what it refused: a full disk, a folder that is not ours.
  if (error instanceof Error && 'syscall' in error) {
    warn(`error: ${error.message}`);
    return EXIT.unexpected;
  }
  warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.unexpected;
};

/** Does what the line says, from its words to the exit code. */
export const runCommandLine = async (words: readonly string[]): Promise<number> => {
  // Commands answer with their exit code.
  let exitCode: number = EXIT.ok;
  let asked = 'live-pool';
  try {
    const program = await makeProgram(words, (code) => {
      exitCode = code;
    });
    program.hook('preAction', (_program, command) => {
      asked = pathOf(command);
    });
    await program.parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    return codeOf(error, asked);
  } finally {
    leave();
  }
};
