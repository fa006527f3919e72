import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { addRunFlags } from '../run/flags.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const shadowCommand = (program: Command, answer: SetExitCode): void => {
  const shadow = program
    .command('shadow')
    .description('what the method would have released in the past')
    .addHelpText('after', exampleText('live-pool shadow releases'));
  addRunFlags(addGlobalOptions(shadow.command('releases')))
    .description('write the official baseline’s shadow release history; nothing is published')
    .addHelpText(
      'after',
      exampleText(
        'live-pool shadow releases --source csv --data-dir bars --metadata metadata.csv --as-of-date 2026-10-31',
      ),
    )
    .action(
      onDemand(answer, async () => (await import('../commands/shadow.js')).shadowReleasesAction),
    );
};
