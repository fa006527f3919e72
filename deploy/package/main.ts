import { join, relative, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { errorMessage } from '../../shared/codec/error-message.js';
import { FailureError, permanent } from '../../shared/codec/failure.js';
import { sha256 } from '../../shared/codec/hash.js';
import { replaceFile } from '../../shared/local/files.js';
import { exitCodeOfError } from '../cli/terminal/exit-code-of-error.js';
import { UsageError } from '../cli/terminal/usage-error.js';
import { packageRoot } from '../package-root.js';
import { buildArchive } from './build-archive.js';
import { packageClients } from './clients.js';
import { sourceState } from './source-state.js';

interface Options {
  readonly output: string;
  readonly format: string;
  readonly allowDirty: boolean;
  readonly clients: boolean;
}

const DEFAULT_OUTPUT = join(packageRoot, 'build/live-pool-functions.zip');
const SHOWN = 3;

const writeStderr = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};

const optionsOf = (words: readonly string[]): Options => {
  const options = new Command('npm run package --')
    .description(
      'Makes the source archive that all functions deploy from: the compiled modules that they can reach, and the manifest and lock of what those import. Then makes the packages of the clients.',
    )
    .option('--output <file>', 'path of the archive (default: build/live-pool-functions.zip)')
    .option('--format <format>', 'text or json', 'text')
    .option('--allow-dirty', 'package uncommitted changes; the revision then ends in -dirty', false)
    .option('--no-clients', 'make only the archive, not the packages of the clients')
    .addHelpText('after', '\nExample:\n  npm run --silent package -- --format json')
    .allowExcessArguments(false)
    .exitOverride()
    .parse([...words], { from: 'user' })
    .opts<{ output?: string; format: string; allowDirty: boolean; clients: boolean }>();
  if (options.format !== 'text' && options.format !== 'json')
    throw new UsageError(`--format: expected text or json, got ${options.format}`);
  return { ...options, output: resolve(options.output ?? DEFAULT_OUTPUT) };
};

const listed = (files: readonly string[]): string =>
  files.slice(0, SHOWN).join(', ') +
  (files.length > SHOWN ? ` and ${files.length - SHOWN} more` : '');

/** The commit, with `-dirty` appended as by git describe if the archive differs from it. */
const revisionOf =
  (allowDirty: boolean) =>
  (files: readonly string[]): string => {
    const { revision, changed } = sourceState(
      packageRoot,
      files,
      process.env.SOURCE_REVISION || undefined,
    );
    if (changed.length === 0) return revision;
    const sentence = `Uncommitted changes: ${listed(changed)}.`;
    if (!allowDirty)
      throw new FailureError(
        permanent(
          'conflict',
          `${sentence} The archive would name a commit that it was not built from. Commit first, ` +
            'or use --allow-dirty.',
        ),
      );
    writeStderr(
      `warning: ${sentence} The archive does not correspond to a commit; do not deploy it.`,
    );
    return `${revision}-dirty`;
  };

const run = async ({ output, format, allowDirty, clients }: Options): Promise<void> => {
  const { bytes, files, packages, revision } = await buildArchive(
    packageRoot,
    revisionOf(allowDirty),
  );
  await replaceFile(output, bytes);
  const path = relative('', output);
  const digest = sha256(bytes);
  const facts = {
    path,
    bytes: bytes.length,
    sha256: digest,
    source_revision: revision,
    files: files.length,
    packages,
  };
  const text = [
    path,
    `  size             ${bytes.length} bytes, ${files.length} files`,
    `  sha256           ${digest}`,
    `  source revision  ${revision}`,
    `  packages         ${packages} to install`,
  ].join('\n');
  process.stdout.write(`${format === 'json' ? JSON.stringify(facts, null, 2) : text}\n`);
  if (clients && !packageClients())
    writeStderr('warning: python3 is not on the PATH; the Python client is not built.');
};

const exitCodeAfter = (error: unknown): number => {
  // Commander prints its own messages.
  if (!(error instanceof CommanderError)) writeStderr(`error: ${errorMessage(error)}`);
  return exitCodeOfError(error);
};

try {
  await run(optionsOf(process.argv.slice(2)));
} catch (error) {
  process.exitCode = exitCodeAfter(error);
}
