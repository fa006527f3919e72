import { createRequire } from 'node:module';
import { type Command, CommanderError } from 'commander';
import * as t from 'io-ts';
import { decode } from '../../shared/codec/decode.js';
import { getOrThrow } from '../../shared/codec/failure.js';
import { sourceRevision } from './local-config.js';
import { EXIT } from './terminal/exit-code.js';

const Package = t.type({ version: t.string }, 'package.json');

const versionText = (isJson: boolean): string => {
  const content: unknown = createRequire(import.meta.url)('#package.json');
  const { version } = getOrThrow(decode(Package)(content));
  const revision = sourceRevision() ?? null;
  return isJson
    ? JSON.stringify({ version, revision }, null, 2)
    : `live-pool ${version}, ${revision === null ? 'of no known commit' : `commit ${revision}`}`;
};

/** The program's own `--version`: of the package, and the commit that it would name in a release. */
export const addVersionOption = (program: Command, args: readonly string[]): void => {
  program.option('-V, --version', 'the version of this command, and its commit');
  program.on('option:version', () => {
    process.stdout.write(`${versionText(/--format[ =]json/.test(args.join(' ')))}\n`);
    throw new CommanderError(EXIT.ok, 'commander.version', 'the version was asked for');
  });
};
