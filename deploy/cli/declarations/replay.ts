import type { Command } from 'commander';
import { addGlobalOptions, addWaitOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const replayCommand = (program: Command, setExitCode: SetExitCode): void => {
  addWaitOptions(addGlobalOptions(program.command('replay')))
    .description('publish an archived message again; only its attributes change')
    .requiredOption('--topic <topic>', 'topic of the message')
    .option('--event <id>', 'event id of the message')
    .option('--version <version>', 'release version that the message names')
    .option('--intent <intent>', 'rollback')
    .option('--reason <text>', 'reason of the intent; at most 500 characters and 1024 bytes')
    .addHelpText(
      'after',
      exampleText('live-pool replay --topic release-promoted --version 2026-03-13-core_major'),
    )
    .action(
      onDemand(setExitCode, async () => (await import('../commands/replay.js')).replayAction),
    );
};
