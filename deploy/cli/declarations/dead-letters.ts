import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const deadLettersCommand = (program: Command, answer: SetExitCode): void => {
  const letters = addGlobalOptions(program.command('dead-letters'))
    .description('messages that a function could not use, oldest first')
    .addHelpText('after', exampleText('live-pool dead-letters --format json'))
    .action(
      onDemand(answer, async () => (await import('../commands/dead-letters.js')).deadLettersAction),
    );
  addGlobalOptions(letters.command('discard'))
    .description('remove one for good, once it is understood')
    .requiredOption('--function <name>', 'the function that could not use it')
    .requiredOption('--message-id <id>', 'its id, as dead-letters lists it')
    .addHelpText(
      'after',
      exampleText('live-pool dead-letters discard --function promote --message-id 12'),
    )
    .action(
      onDemand(answer, async () => (await import('../commands/dead-letters.js')).discardAction),
    );
};
