import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { addRunFlags } from '../run/flags.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const shadowCommand = (program: Command, setExitCode: SetExitCode): void => {
  const shadow = program
    .command('shadow')
    .description('releases that the method would have made in the past')
    .addHelpText('after', exampleText('live-pool shadow releases'));
  addRunFlags(addGlobalOptions(shadow.command('releases')))
    .description('write the shadow release history of the official baseline; publishes nothing')
    .addHelpText(
      'after',
      exampleText(
        'live-pool shadow releases --source csv --data-dir bars --metadata metadata.csv --as-of-date 2026-10-31',
      ),
    )
    .action(
      onDemand(
        setExitCode,
        async () => (await import('../commands/shadow.js')).shadowReleasesAction,
      ),
    );
};
