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

const manifest = {
  name: 'small',
  version: '1.0.0',
  license: 'MIT',
  type: 'module',
  engines: { node: '>=20.19' },
  main: './dist/functions/index.js',
  exports: { '.': './dist/functions/index.js', './client': { default: './dist/client.js' } },
  imports: { '#package.json': './package.json', '#data/*': './data/*' },
  scripts: { prepare: 'tsc' },
  bin: { small: './cli.js' },
  dependencies: { left: '1.0.0', right: '1.0.0', unused: '1.0.0' },
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
    'node_modules/left': installed('left'),
    'node_modules/right': installed('right'),
    'node_modules/tool': { ...installed('tool'), dev: true },
    'node_modules/unused': installed('unused'),
  },
};

/** The files of a small project that can be packaged, with the given files replaced or added. */
export const smallProject = (
  files: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  'package.json': JSON.stringify(manifest),
  'package-lock.json': JSON.stringify(lock),
  'tsconfig.json': '{ "compilerOptions": { "target": "ES2023", "module": "NodeNext" } }',
  LICENSE: 'As you like it.\n',
  'functions/index.ts': "import 'left';\nexport const answer: number = 42;\n",
  ...files,
});
