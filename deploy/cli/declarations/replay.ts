import type { Command } from 'commander';
import { addGlobalOptions, addWaitOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const replayCommand = (program: Command, answer: SetExitCode): void => {
  addWaitOptions(addGlobalOptions(program.command('replay')))
    .description('publish an archived message again, unchanged but for its attributes')
    .requiredOption('--topic <topic>', 'the topic that it was published to')
    .option('--event <id>', 'its event id')
    .option('--version <version>', 'the version that it speaks of')
    .option('--intent <intent>', 'rollback')
    .option('--reason <text>', 'goes with an intent; at most 500 characters and 1024 bytes')
    .addHelpText(
      'after',
      exampleText('live-pool replay --topic release-promoted --version 2026-03-13-core_major'),
    )
    .action(onDemand(answer, async () => (await import('../commands/replay.js')).replayAction));
};
