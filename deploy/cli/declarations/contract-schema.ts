import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { SCHEMA_FOLDER } from '../option-defaults.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const schemaCommand = (contract: Command, setExitCode: SetExitCode): void => {
  addGlobalOptions(contract.command('schema'))
    .description('write the JSON Schemas and the AsyncAPI document')
    .option('--output <dir>', `output folder (default: ${SCHEMA_FOLDER}, as in a clone)`)
    .addHelpText('after', exampleText('live-pool contract schema --output schemas'))
    .action(
      onDemand(
        setExitCode,
        async () => (await import('../commands/contract-schema.js')).schemaAction,
      ),
    );
};
