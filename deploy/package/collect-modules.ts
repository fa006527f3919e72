import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isCode } from '../../shared/local/files.js';
import type { Compile } from './compile.js';
import { referencesIn } from './module-references.js';
import { packagingError } from './packaging-error.js';

/** Every module that an entry point can load, also dynamically. */
export interface Modules {
  /** The compiled modules, by the path of their source file. */
  readonly texts: ReadonlyMap<string, string>;
  /** The names of the dependencies. */
  readonly packages: ReadonlySet<string>;
}

/** The dependencies that may be used, by name. */
type Declared = Readonly<Record<string, string>>;

/** The path of a source file's compiled module. */
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
      throw packagingError(`${from}: loads ${path}, which does not exist.`);
    throw error;
  }
};

const assertDeclared = (file: string, name: string, declared: Declared): void => {
  if (!(name in declared))
    throw packagingError(
      `${file}: imports ${name}, which functions/package.json does not declare. The function ` +
        'that needs it would fail; add it to the dependencies there.',
    );
};

/**
 * Follows every import from an entry point, including `import()` and worker threads. Modules that
 * no function needs are left out.
 */
export const collectModules = async (
  root: string,
  entry: string,
  compile: Compile,
  declared: Declared,
): Promise<Modules> => {
  const texts = new Map<string, string>();
  const packages = new Set<string>();
  const visit = async (path: string, from: string): Promise<void> => {
    if (texts.has(path)) return;
    const text = compile(path, await readSource(root, path, from));
    texts.set(path, text);
    const references = referencesIn(path, text);
    for (const name of references.packages) {
      assertDeclared(path, name, declared);
      packages.add(name);
    }
    for (const name of references.modules) await visit(sourceOf(path, name), path);
  };
  await visit(entry, 'package.json');
  return { texts, packages };
};
