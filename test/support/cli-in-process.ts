import { mock } from 'node:test';
import { Command } from 'commander';
import type { Finished } from './cli.js';

/**
 * The command's modules by dynamic import, all of them: the command imports some that way itself,
 * and what mocha has loaded statically would be another copy, with another FailureError.
 */
const load = async () => {
  const commands = await Promise.all([
    import('../../deploy/cli/commands/dead-letters.js').then((one) => one.deadLettersCommand),
    import('../../deploy/cli/commands/history.js').then((one) => one.historyCommand),
    import('../../deploy/cli/commands/reconcile.js').then((one) => one.reconcileCommand),
    import('../../deploy/cli/commands/release.js').then((one) => one.releaseCommand),
    import('../../deploy/cli/commands/replay.js').then((one) => one.replayCommand),
    import('../../deploy/cli/commands/restate.js').then((one) => one.restateCommand),
    import('../../deploy/cli/commands/rollback.js').then((one) => one.rollbackCommand),
    import('../../deploy/cli/commands/run.js').then((one) => one.runCommand),
    import('../../deploy/cli/commands/status.js').then((one) => one.statusCommand),
  ]);
  const { addGlobalOptions } = await import('../../deploy/cli/context.js');
  const { exitCodeOf } = await import('../../deploy/cli/exit-code.js');
  const { FailureError } = await import('../../shared/failure.js');
  return { commands, addGlobalOptions, exitCodeOf, FailureError };
};

/** Runs an operator's command in this process, one at a time: what it prints is caught. */
export const livePoolHere = async (words: readonly string[]): Promise<Finished> => {
  const { commands, addGlobalOptions, exitCodeOf, FailureError } = await load();
  const program = addGlobalOptions(new Command('live-pool').exitOverride());
  let code: number | null = null;
  for (const command of commands)
    command(program, (answered) => {
      code = answered;
    });
  const printed = { stdout: '', stderr: '' };
  const caught = (['stdout', 'stderr'] as const).map((name) =>
    mock.method(process[name], 'write', (chunk: string | Uint8Array) => {
      printed[name] += String(chunk);
      return true;
    }),
  );
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    code = exitCodeOf(error.failure.code);
    printed.stderr += `error: ${error.failure.message}\n`;
  } finally {
    for (const { mock: method } of caught) method.restore();
  }
  return { code, ...printed };
};
