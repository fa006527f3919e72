import type { Command } from 'commander';
import { DEFAULTS } from '../../../shared/contract/constants.js';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { schemaCommand } from './contract-schema.js';
import { onDemand } from './on-demand.js';

export const contractCommand = (program: Command, setExitCode: SetExitCode): void => {
  const contract = program
    .command('contract')
    .description('the contract with downstream systems')
    .addHelpText('after', exampleText('live-pool contract validate data/output'));
  addGlobalOptions(contract.command('validate'))
    .description('check a folder against the release gate')
    .argument('<dir>', 'a folder with the five artifacts')
    .option('--firestore-document <file>', 'also check this summary document (JSON)')
    .option('--expected-pool-size <n>', `required pool size (default: ${DEFAULTS.poolSize})`)
    .option('--max-age-days <n>', `maximum age in days (default: ${DEFAULTS.maxAgeDays})`)
    .option('--allow-stale', 'report a stale release as a warning')
    .option('--require-manifest', 'require release_manifest.json')
    .addHelpText(
      'after',
      exampleText('live-pool contract validate data/output --require-manifest --allow-stale'),
    )
    .action(
      onDemand(setExitCode, async () => (await import('../commands/contract.js')).validateAction),
    );
  schemaCommand(contract, setExitCode);
};
