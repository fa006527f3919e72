import type { Command } from 'commander';
import { addGlobalOptions, addWaitOptions, type SetExitCode } from '../context.js';
import { addRunFlags } from '../run/flags.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const runCommand = (program: Command, setExitCode: SetExitCode): void => {
  addRunFlags(addWaitOptions(addGlobalOptions(program.command('run'))))
    .description('run the month: ingest, rank, materialise, promote, sync-firestore')
    .addHelpText(
      'after',
      exampleText(
        'live-pool run --source csv --data-dir bars --metadata metadata.csv --as-of-date 2026-10-31',
      ),
    )
    .action(onDemand(setExitCode, async () => (await import('../commands/run.js')).runAction));
};
