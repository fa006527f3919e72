import { join } from 'node:path';
import { replaceFile } from '../../../shared/local/files.js';
import { generatedFiles } from '../../../shared/schema/generate.js';
import { type Action, contextOf, print } from '../context.js';
import { SCHEMA_FOLDER } from '../option-defaults.js';
import { EXIT } from '../terminal/exit-code.js';

export const schemaAction: Action = async (command) => {
  const { output = SCHEMA_FOLDER } = command.opts();
  const folder = String(output);
  const files: string[] = [];
  for (const { path, text } of generatedFiles()) {
    const file = join(folder, path);
    await replaceFile(file, text);
    files.push(file);
  }
  print(contextOf(command), { files }, () => files.join('\n'));
  return EXIT.ok;
};
