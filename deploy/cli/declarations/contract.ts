import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { schemaCommand } from './contract-schema.js';
import { onDemand } from './on-demand.js';

export const contractCommand = (program: Command, answer: SetExitCode): void => {
  const contract = program
    .command('contract')
    .description('the contract with downstream systems')
    .addHelpText('after', exampleText('live-pool contract validate data/output'));
  addGlobalOptions(contract.command('validate'))
    .description('hold a folder against the release gate')
    .argument('<dir>', 'a folder with the five artifacts')
    .option('--firestore-document <file>', 'the summary document as JSON, checked as well')
    .option('--expected-pool-size <n>', 'default: 5')
    .option('--max-age-days <n>', 'default: 45')
    .option('--allow-stale', 'age is a warning')
    .option('--require-manifest', 'release_manifest.json must be there')
    .addHelpText(
      'after',
      exampleText('live-pool contract validate data/output --require-manifest --allow-stale'),
    )
    .action(onDemand(answer, async () => (await import('../commands/contract.js')).validateAction));
  schemaCommand(contract, answer);
};
