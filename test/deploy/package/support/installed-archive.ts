import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { entryPointOf } from '../../../../shared/entry-point.js';
import type { FunctionName } from '../../../../shared/topology.js';
import { type ServerProcess, startServer } from '../../../support/server-process.js';
import { npmUnlessOffline } from './offline.js';
import { REVISION, writeFiles } from './project.js';

const run = promisify(execFile);

export const unpack = (bytes: Uint8Array, folder: string): void => {
  const files = Object.entries(unzipSync(bytes));
  writeFiles(
    folder,
    Object.fromEntries(files.map(([path, content]) => [path, Buffer.from(content).toString()])),
  );
};

/** Installs what an unpacked archive needs, and nothing for development. */
export const install = (folder: string): Promise<void> =>
  npmUnlessOffline(
    ['ci', '--omit=dev', '--prefer-offline', '--ignore-scripts', '--no-audit'],
    folder,
  );

/** Starts one function of an archive as in the cloud, with only these variables and `variables`. */
export const startArchived = (
  folder: string,
  name: FunctionName,
  variables: Readonly<Record<string, string>>,
): Promise<ServerProcess> =>
  startServer(
    [
      join(folder, 'node_modules/@google-cloud/functions-framework/build/src/main.js'),
      ...[`--source=${folder}`, `--target=${entryPointOf(name)}`, '--port=0'],
    ],
    {
      FUNCTION_TARGET: entryPointOf(name),
      NODE_ENV: 'production',
      METADATA_SERVER_DETECTION: 'none',
      GOOGLE_CLOUD_PROJECT: 'some-project',
      BUCKET: 'some-bucket',
      SOURCE_REVISION: REVISION,
      ...variables,
    },
  );

/** Runs a module in the archive's folder and returns the value of its `answer`. */
export const answerIn = async (folder: string, text: string): Promise<unknown> => {
  const module = join(folder, 'answer.mjs');
  writeFileSync(module, `${text}\nprocess.stdout.write(JSON.stringify(answer));`);
  const { stdout } = await run(process.execPath, [module]);
  return JSON.parse(stdout);
};
