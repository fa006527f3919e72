import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { onDemand } from './on-demand.js';

export const reportCommand = (program: Command, setExitCode: SetExitCode): void => {
  addGlobalOptions(program.command('report'))
    .description(
      'write one HTML page about a release: its pool, reasons, freshness and the next step',
    )
    .option('--version <version>', 'release (default: the current one)')
    .option(
      '--output <file>',
      'output file (default: report.html in the state folder; with --project: in the working folder)',
    )
    .addHelpText(
      'after',
      '\nExample:\n  live-pool report\n  live-pool report --version 2026-03-13-core_major --output march.html',
    )
    .action(
      onDemand(setExitCode, async () => (await import('../commands/report.js')).reportAction),
    );
};
