import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { addRunFlags } from '../run/flags.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const monthlyShadowBuildCommand = (program: Command, setExitCode: SetExitCode): void => {
  const collect = (id: string, ids: readonly string[] = []): readonly string[] => [...ids, id];
  addRunFlags(addGlobalOptions(program.command('monthly-shadow-build')))
    .description(
      'build the baseline artifacts and both shadow tracks and check them for publication; publishes nothing',
    )
    .option('--track <id>', 'build one more track: buffered_baseline', collect)
    .addHelpText(
      'after',
      exampleText(
        'live-pool monthly-shadow-build --source csv --data-dir bars --metadata metadata.csv --as-of-date 2026-10-31',
      ),
    )
    .action(
      onDemand(
        setExitCode,
        async () => (await import('../commands/monthly-shadow-build.js')).monthlyShadowBuildAction,
      ),
    );
};
