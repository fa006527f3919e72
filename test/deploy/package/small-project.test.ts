import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { buildArchive } from '../../../deploy/package/build-archive.js';
import { FailureError } from '../../../shared/codec/failure.js';
import { temporaryFolder } from '../../support/cli.js';
import { functionsManifest, REVISION, smallProject, writeFiles } from './support/project.js';

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
      'functions/package.json': functionsManifest({}),
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

  it('names the dependencies of the functions, its entry point and its source', async () => {
    const texts = await textsOf();
    assert.deepEqual(JSON.parse(texts['package.json'] ?? ''), {
      name: 'small-functions',
      version: '1.0.0',
      license: 'MIT',
      private: true,
      type: 'module',
      dependencies: { left: '1.0.0' },
      engines: { node: '24.x' },
      main: './dist/functions/index.js',
      gitHead: REVISION,
    });
    assert.deepEqual(JSON.parse(texts['package-lock.json'] ?? ''), {
      name: 'small-functions',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': {
          name: 'small-functions',
          version: '1.0.0',
          license: 'MIT',
          dependencies: { left: '1.0.0' },
          engines: { node: '24.x' },
        },
        'node_modules/left': { version: '1.0.0', integrity: 'sha512-left' },
      },
    });
  });

  it('may declare what is imported late', async () => {
    const texts = await textsOf({
      'functions/package.json': functionsManifest({ right: '1.0.0' }),
      'functions/index.ts': "export const late = () => import('right/sub');\n",
    });
    const { packages } = JSON.parse(texts['package-lock.json'] ?? '');
    assert.deepEqual(Object.keys(packages), ['', 'node_modules/right']);
  });

  it('is not built if the functions declare a package that they do not import', async () => {
    assert.equal(
      await refusal({ 'functions/package.json': functionsManifest({ left: '1', right: '1' }) }),
      'functions/package.json: declares right, which no function imports. Remove it there.',
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
      ...['LICENSE', 'functions/index.ts', 'functions/package.json'],
      ...['package-lock.json', 'package.json', 'tsconfig.json'],
    ]);
  });

  it('is not built if an imported package is not in dependencies', async () => {
    assert.equal(
      await refusal({ 'functions/index.ts': "import 'tool/sub';\n" }),
      'functions/index.ts: imports tool, which functions/package.json does not declare. The ' +
        'function that needs it would fail; add it to the dependencies there.',
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

  it('takes over the overrides of the root, where alone npm reads them', async () => {
    const { 'package.json': root = '' } = smallProject();
    const overrides = { right: '1.0.0' };
    const texts = await textsOf({
      'package.json': JSON.stringify({ ...JSON.parse(root), overrides }),
    });
    assert.deepEqual(JSON.parse(texts['package.json'] ?? '').overrides, overrides);
  });

  it('is not built from a lock that lacks a dependency, or has another version of it', async () => {
    const lacking =
      /^package-lock\.json: npm could not .* Update it with npm install\. .*ENOTCACHED/s;
    for (const dependencies of [{ left: '2.0.0' }, { left: '1.0.0', absent: '1.0.0' }])
      assert.match(
        await refusal({
          'functions/package.json': functionsManifest(dependencies),
          'functions/index.ts': Object.keys(dependencies)
            .map((name) => `import '${name}';\n`)
            .join(''),
        }),
        lacking,
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
        message: `functions/package.json: expected a file in ${root}.`,
      },
    );
  });
});
