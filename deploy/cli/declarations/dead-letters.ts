import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const deadLettersCommand = (program: Command, setExitCode: SetExitCode): void => {
  const letters = addGlobalOptions(program.command('dead-letters'))
    .description('list dead-lettered messages, oldest first')
    .addHelpText('after', exampleText('live-pool dead-letters --format json'))
    .action(
      onDemand(
        setExitCode,
        async () => (await import('../commands/dead-letters.js')).deadLettersAction,
      ),
    );
  addGlobalOptions(letters.command('discard'))
    .description('remove a dead letter permanently, after investigating it')
    .requiredOption('--function <name>', 'the function that dead-lettered the message')
    .requiredOption('--message-id <id>', 'its id, as listed by dead-letters')
    .addHelpText(
      'after',
      exampleText('live-pool dead-letters discard --function promote --message-id 12'),
    )
    .action(
      onDemand(
        setExitCode,
        async () => (await import('../commands/dead-letters.js')).discardAction,
      ),
    );
};
