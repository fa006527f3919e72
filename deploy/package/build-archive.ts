import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { decodeJson } from '../../shared/codec/decode.js';
import { isCode } from '../../shared/local/files.js';
import { archivedLock } from './archived-lock.js';
import { archivedManifest, FunctionsManifest, RootManifest } from './archived-manifest.js';
import { collectModules, compiledPath } from './collect-modules.js';
import { compilerOf } from './compile.js';
import { packagingError } from './packaging-error.js';
import { zipOf } from './zip.js';

/** The module that registers the functions. */
const ENTRY = 'functions/index.ts';
const DECLARED_IN = 'functions/package.json';
const MANIFEST = 'package.json';
const LOCK = 'package-lock.json';
const LICENSE = 'LICENSE';
const COMPILER_OPTIONS = 'tsconfig.json';

export interface Archive {
  /** A ZIP file. */
  readonly bytes: Uint8Array;
  /** The paths in the archive, ascending. */
  readonly files: readonly string[];
  /** The number of packages that it installs, including transitive dependencies. */
  readonly packages: number;
  /** The commit, with `-dirty` appended if the files differ from it. */
  readonly revision: string;
}

/** Returns the source revision of an archive, given its files. */
export type RevisionOf = (sources: readonly string[]) => string;

const read = async (root: string, file: string): Promise<string> => {
  try {
    return await readFile(join(root, file), 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) throw packagingError(`${file}: expected a file in ${root}.`);
    throw error;
  }
};

const readJson = async <A>(
  root: string,
  file: string,
  codec: t.Decoder<unknown, A> & { readonly name: string },
): Promise<A> => {
  const decoded = decodeJson(codec, file)(await read(root, file));
  if (E.isLeft(decoded)) throw packagingError(decoded.left.message, decoded.left.cause);
  return decoded.right;
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The archive installs all that is declared, so what no function imports must not be. */
const assertNoneUnused = (
  { dependencies }: FunctionsManifest,
  imported: ReadonlySet<string>,
): void => {
  const unused = Object.keys(dependencies).filter((name) => !imported.has(name));
  if (unused.length > 0)
    throw packagingError(
      `${DECLARED_IN}: declares ${unused.join(', ')}, which no function imports. Remove it there.`,
    );
};

/**
 * Builds the archive that all functions deploy from: the compiled modules that they can reach, and
 * the manifest and lock of the packages that these import. Its bytes depend on the sources alone.
 */
export const buildArchive = async (root: string, revisionOf: RevisionOf): Promise<Archive> => {
  const manifest = {
    ...(await readJson(root, DECLARED_IN, FunctionsManifest)),
    ...(await readJson(root, MANIFEST, RootManifest)),
  };
  const lock = await read(root, LOCK);
  const license = await read(root, LICENSE);
  const compile = compilerOf(COMPILER_OPTIONS, await read(root, COMPILER_OPTIONS));

  const { texts, packages } = await collectModules(root, ENTRY, compile, manifest.dependencies);
  assertNoneUnused(manifest, packages);
  const modules = [...texts].map(([source, text]) => [compiledPath(source), text] as const);
  const files = [...modules.map(([path]) => path), MANIFEST, LOCK, LICENSE].sort();
  const revision = revisionOf([
    ...texts.keys(),
    ...[DECLARED_IN, MANIFEST, LOCK, LICENSE, COMPILER_OPTIONS],
  ]);
  const archived = json(archivedManifest(manifest, `./${compiledPath(ENTRY)}`, revision));
  const locked = await archivedLock(archived, lock);
  const contents = new Map([
    ...modules,
    [MANIFEST, archived],
    [LOCK, locked.text],
    [LICENSE, license],
  ]);
  return {
    bytes: zipOf(new Map([...contents].map(([path, text]) => [path, Buffer.from(text)]))),
    files,
    packages: locked.packages,
    revision,
  };
};
