import type { Command } from 'commander';
import { DEFAULTS } from '../../../shared/contract/constants.js';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const statusCommand = (program: Command, setExitCode: SetExitCode): void => {
  addGlobalOptions(program.command('status'))
    .description('show what readers see, until when it is fresh, and the next step')
    .option(
      '--max-age-days <n>',
      `maximum age of a fresh pool in days (default: ${DEFAULTS.maxAgeDays})`,
    )
    .addHelpText(
      'after',
      exampleText('live-pool status', 'live-pool status --format json | jq .next_step.command'),
    )
    .action(
      onDemand(setExitCode, async () => (await import('../commands/status.js')).statusAction),
    );
};
