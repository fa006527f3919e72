import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { onDemand } from './on-demand.js';

export const reportCommand = (program: Command, answer: SetExitCode): void => {
  addGlobalOptions(program.command('report'))
    .description('one HTML page about a release: what, why, how close, how fresh, what to do')
    .option('--version <version>', 'which release (default: the current one)')
    .option(
      '--output <file>',
      'where to (default: report.html in the state folder; with --project: here)',
    )
    .addHelpText(
      'after',
      '\nExample:\n  live-pool report\n  live-pool report --version 2026-03-13-core_major --output march.html',
    )
    .action(onDemand(answer, async () => (await import('../commands/report.js')).reportAction));
};
