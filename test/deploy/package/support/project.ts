import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The root folder of this project. */
export const PROJECT = resolve(import.meta.dirname, '../../../..');

/** A fixed source revision. */
export const REVISION = 'c0ffee'.padEnd(40, '0');

export const writeFiles = (
  folder: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return files;
};

/** The manifest of a small project's functions, with dependencies in place of `left`. */
export const functionsManifest = (
  dependencies: Readonly<Record<string, string>> = { left: '1.0.0' },
): string =>
  JSON.stringify({
    name: 'small-functions',
    version: '1.0.0',
    license: 'MIT',
    private: true,
    type: 'module',
    scripts: { prepare: 'tsc' },
    dependencies,
    devDependencies: { tool: '1.0.0' },
  });

const manifest = {
  name: 'small',
  version: '1.0.0',
  type: 'module',
  imports: { '#package.json': './package.json' },
  workspaces: ['functions'],
  devDependencies: { tool: '1.0.0' },
};

const installed = (name: string) => ({ version: '1.0.0', integrity: `sha512-${name}` });

const lock = {
  name: 'small',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': manifest,
    functions: JSON.parse(functionsManifest()),
    'node_modules/left': installed('left'),
    'node_modules/right': installed('right'),
    'node_modules/tool': { ...installed('tool'), dev: true },
    'node_modules/small-functions': { resolved: 'functions', link: true },
  },
};

/** The files of a small project that can be packaged, with the given files replaced or added. */
export const smallProject = (
  files: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  'package.json': JSON.stringify(manifest),
  'package-lock.json': JSON.stringify(lock),
  'tsconfig.json': '{ "compilerOptions": { "target": "ES2023", "module": "NodeNext" } }',
  'functions/package.json': functionsManifest(),
  LICENSE: 'As you like it.\n',
  'functions/index.ts': "import 'left';\nexport const answer: number = 42;\n",
  ...files,
});
