import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { buildArchive } from '../../../deploy/package/build-archive.js';
import { FailureError } from '../../../shared/codec/failure.js';
import { temporaryFolder } from '../../support/cli.js';
import { REVISION, smallProject, writeFiles } from './support/project.js';

describe('An archive', () => {
  const folder = temporaryFolder();
  const archiveOf = (files: Readonly<Record<string, string>> = {}) => {
    const root = mkdtempSync(join(folder(), 'small-'));
    writeFiles(root, smallProject(files));
    return buildArchive(root, () => REVISION);
  };
  const textsOf = async (files?: Readonly<Record<string, string>>) => {
    const { bytes } = await archiveOf(files);
    return Object.fromEntries(
      Object.entries(unzipSync(bytes)).map(([path, content]) => [
        path,
        Buffer.from(content).toString('utf8'),
      ]),
    );
  };
  const refusal = async (files: Readonly<Record<string, string>>): Promise<string> => {
    try {
      await archiveOf(files);
    } catch (error) {
      assert.ok(error instanceof FailureError, String(error));
      assert.equal(error.failure.code, 'configuration');
      return error.message;
    }
    assert.fail('it was made');
  };

  it('contains the reachable modules, compiled, and no others', async () => {
    const texts = await textsOf({
      'functions/index.ts':
        "import type { T } from './types.js';\nimport { b } from '../shared/b.js';\n" +
        'export const twice = (t: T): number => 2 * t * b;\n',
      'functions/types.ts': 'export type T = number;\n',
      'shared/b.ts': "export const b = 1;\nexport const later = () => import('./c.js');\n",
      'shared/c.ts': "new Worker(new URL('./d.js', import.meta.url));\nexport {};\n",
      'shared/d.ts': "import './b.js';\n",
      'shared/e.ts': 'export const e = 1;\n',
    });
    assert.deepEqual(Object.keys(texts), [
      ...['LICENSE', 'dist/functions/index.js'],
      ...['dist/shared/b.js', 'dist/shared/c.js', 'dist/shared/d.js'],
      ...['package-lock.json', 'package.json'],
    ]);
    assert.equal(
      texts['dist/functions/index.js'],
      "import { b } from '../shared/b.js';\nexport const twice = (t) => 2 * t * b;\n",
    );
    assert.equal(texts.LICENSE, 'As you like it.\n');
  });

  it('names its dependencies and its source, and no file that it lacks', async () => {
    const texts = await textsOf();
    assert.deepEqual(JSON.parse(texts['package.json'] ?? ''), {
      name: 'small',
      version: '1.0.0',
      license: 'MIT',
      private: true,
      type: 'module',
      engines: { node: '24.x' },
      main: './dist/functions/index.js',
      exports: { '.': './dist/functions/index.js' },
      imports: { '#package.json': './package.json' },
      dependencies: { left: '1.0.0' },
      gitHead: REVISION,
    });
    assert.deepEqual(JSON.parse(texts['package-lock.json'] ?? ''), {
      name: 'small',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': {
          name: 'small',
          version: '1.0.0',
          license: 'MIT',
          dependencies: { left: '1.0.0' },
          engines: { node: '24.x' },
        },
        'node_modules/left': { version: '1.0.0', integrity: 'sha512-left' },
      },
    });
  });

  it('needs what is imported late, and what a module with a resolver of its own mentions', async () => {
    const index = (line: string) => ({ 'functions/index.ts': line });
    const needed = async (line: string): Promise<readonly string[]> =>
      Object.keys(JSON.parse((await textsOf(index(line)))['package.json'] ?? '').dependencies);
    assert.deepEqual(await needed("export const late = () => import('right/sub');\n"), ['right']);
    assert.deepEqual(
      await needed(
        "import { createRequire } from 'node:module';\n" +
          "createRequire(import.meta.url).resolve('right/data.json');\n",
      ),
      ['right'],
    );
  });

  it('determines the source revision from the packaged files', async () => {
    const asked: string[] = [];
    const root = mkdtempSync(join(folder(), 'asked-'));
    writeFiles(root, smallProject({ 'shared/unused.ts': 'export {};\n' }));
    await buildArchive(root, (files) => {
      asked.push(...files);
      return REVISION;
    });
    assert.deepEqual(asked.sort(), [
      ...['LICENSE', 'functions/index.ts', 'package-lock.json', 'package.json', 'tsconfig.json'],
    ]);
  });

  it('is not built if an imported package is not in dependencies', async () => {
    assert.equal(
      await refusal({ 'functions/index.ts': "import 'tool/sub';\n" }),
      'functions/index.ts: imports tool, which is not in package.json dependencies. The ' +
        'function that needs it would fail; add it there.',
    );
  });

  it('is not built if a loaded module does not exist or is outside this package', async () => {
    assert.equal(
      await refusal({ 'functions/index.ts': "import './gone.js';\n" }),
      'functions/index.ts: loads functions/gone.ts, which does not exist.',
    );
    for (const name of ['./data.json', '../../outside.js'])
      assert.match(
        await refusal({ 'functions/index.ts': `new URL('${name}', import.meta.url);\n` }),
        /^functions\/index\.ts: expected a module of this package, ending in \.js, got /,
      );
  });

  it('is not built if its entry point is not the functions', async () => {
    const { 'package.json': manifest = '' } = smallProject();
    assert.match(
      await refusal({ 'package.json': manifest.replace('index.js', 'main.js') }),
      /^package\.json: expected main to be .*, got \.\/dist\/functions\/main\.js, which is not/,
    );
  });

  it('is not built if an input file is missing or damaged', async () => {
    assert.match(
      await refusal({ 'functions/index.ts': 'const = 1;\n' }),
      /^functions\/index\.ts: /,
    );
    assert.match(await refusal({ 'package-lock.json': '{' }), /^package-lock\.json: not JSON/);
    assert.equal(
      await refusal({ 'package-lock.json': '{"lockfileVersion": 2, "packages": {}}' }),
      'package-lock.json: lockfileVersion: expected 3, got 2',
    );
    assert.match(
      await refusal({ 'tsconfig.json': '{"compilerOptions": {"target": "ES1"}}' }),
      /ES1|target/,
    );
    const root = mkdtempSync(join(folder(), 'empty-'));
    await assert.rejects(
      buildArchive(root, () => REVISION),
      {
        message: `package.json: expected a file in ${root}.`,
      },
    );
  });
});
