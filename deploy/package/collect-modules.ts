import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isCode } from '../../shared/local/files.js';
import type { Compile } from './compile.js';
import { packageOf, type References, referencesIn } from './module-references.js';
import { packagingError } from './packaging-error.js';

/** Everything that an entry point can load, however late. */
export interface Modules {
  /** Compiled, by the path of their source file. */
  readonly texts: ReadonlyMap<string, string>;
  /** The dependencies, by name. */
  readonly packages: ReadonlySet<string>;
}

/** Where a source file's module lies. */
export const compiledPath = (source: string): string => `dist/${source.replace(/\.ts$/, '.js')}`;

const sourceOf = (from: string, name: string): string => {
  const path = posix.join(posix.dirname(from), name);
  if (!path.endsWith('.js') || path.startsWith('..'))
    throw packagingError(
      `${from}: expected a module of this package, ending in .js, got ${name}. Only modules are ` +
        'packaged; make data a module.',
    );
  return path.replace(/\.js$/, '.ts');
};

const readSource = async (root: string, path: string, from: string): Promise<string> => {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT'))
      throw packagingError(`${from}: loads ${path}, which is not there.`);
    throw error;
  }
};

const dependenciesOf = (
  file: string,
  { packages, resolved }: References,
  declared: ReadonlySet<string>,
): readonly string[] => {
  const imported = packages.map(packageOf);
  const undeclared = imported.find((name) => !declared.has(name));
  if (undeclared !== undefined)
    throw packagingError(
      `${file}: imports ${undeclared}, which package.json has not among its dependencies. The ` +
        'function that needs it would fail; add it there.',
    );
  return [...imported, ...resolved.map(packageOf).filter((name) => declared.has(name))];
};

/**
 * Follows every import from an entry point on, `import()` and worker threads included; `declared`
 * are the dependencies that may be used. What no function needs stays behind.
 */
export const collectModules = async (
  root: string,
  entry: string,
  compile: Compile,
  declared: ReadonlySet<string>,
): Promise<Modules> => {
  const texts = new Map<string, string>();
  const packages = new Set<string>();
  const visit = async (path: string, from: string): Promise<void> => {
    if (texts.has(path)) return;
    const text = compile(path, await readSource(root, path, from));
    texts.set(path, text);
    const references = referencesIn(path, text);
    for (const name of dependenciesOf(path, references, declared)) packages.add(name);
    for (const name of references.modules) await visit(sourceOf(path, name), path);
  };
  await visit(entry, 'package.json');
  return { texts, packages };
};
