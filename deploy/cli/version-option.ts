import { createRequire } from 'node:module';
import { type Command, CommanderError } from 'commander';
import * as t from 'io-ts';
import { decode } from '../../shared/codec/decode.js';
import { getOrThrow } from '../../shared/codec/failure.js';
import { rootManifest } from '../package-root.js';
import { sourceRevision } from './local-config.js';
import { EXIT } from './terminal/exit-code.js';

const Package = t.type({ version: t.string }, 'package.json');

const versionText = (format: 'text' | 'json'): string => {
  const content: unknown = createRequire(import.meta.url)(rootManifest);
  const { version } = getOrThrow(decode(Package)(content));
  const revision = sourceRevision() ?? null;
  return format === 'json'
    ? JSON.stringify({ version, revision }, null, 2)
    : `live-pool ${version}, ${revision === null ? 'source commit unknown' : `commit ${revision}`}`;
};

/** The program's `--version`: the package version and the commit that releases would name. */
export const addVersionOption = (program: Command, args: readonly string[]): void => {
  program.option('-V, --version', 'version and source commit of this command');
  program.on('option:version', () => {
    const format = /--format[ =]json/.test(args.join(' ')) ? 'json' : 'text';
    process.stdout.write(`${versionText(format)}\n`);
    throw new CommanderError(EXIT.ok, 'commander.version', 'version printed');
  });
};
