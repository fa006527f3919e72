import { join } from 'node:path';
import type { Command } from 'commander';
import { generatedFiles } from '../../../shared/contract/schema/generate.js';
import { replaceFile } from '../../../shared/local/files.js';
import { type Answer, addGlobalOptions, contextOf, print } from '../context.js';
import { EXIT } from '../exit-code.js';
import { exampleText } from '../help.js';

/** Where a clone keeps them. */
const DEFAULT_OUTPUT = 'shared/contract/schema';

const writeSchemas = async (command: Command): Promise<void> => {
  const { output = DEFAULT_OUTPUT } = command.opts();
  const folder = String(output);
  const files: string[] = [];
  for (const { path, text } of generatedFiles()) {
    const file = join(folder, path);
    await replaceFile(file, text);
    files.push(file);
  }
  print(contextOf(command), { files }, () => files.join('\n'));
};

export const schemaCommand = (contract: Command, answer: Answer): void => {
  addGlobalOptions(contract.command('schema'))
    .description('write the JSON Schemas and the AsyncAPI document')
    .option('--output <dir>', `where to (default: ${DEFAULT_OUTPUT}, as in a clone)`)
    .addHelpText('after', exampleText('live-pool contract schema --output schemas'))
    .action(async (_options, command: Command) => {
      await writeSchemas(command);
      answer(EXIT.ok);
    });
};
