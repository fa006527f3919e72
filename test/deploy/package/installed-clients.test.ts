import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageClients } from '../../../deploy/package/clients.js';
import { temporaryFolder } from '../../support/cli.js';
import { describeWithPython } from '../../support/python.js';
import { npmUnlessOffline, Offline } from './support/offline.js';
import { PROJECT, writeFiles } from './support/project.js';

const run = promisify(execFile);
const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');

const SYMBOLS = ['TRXUSDT', 'ETHUSDT', 'BCHUSDT', 'NEARUSDT', 'LTCUSDT'];

/** A state folder as far as readers look: the summary document of a release of today. */
const stateFolder = (folder: string): void => {
  const today = new Date().toISOString().slice(0, 10);
  writeFiles(folder, {
    'firestore/strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL.json': JSON.stringify({
      as_of_date: today,
      version: `${today}-core_major`,
      mode: 'core_major',
      pool_size: SYMBOLS.length,
      symbols: SYMBOLS,
      symbol_map: Object.fromEntries(
        SYMBOLS.map((symbol) => [symbol, { base_asset: symbol.replace('USDT', '') }]),
      ),
    }),
  });
};

/** The first example in a language, which must be at most ten lines of code. */
const exampleIn = (readme: string, language: string): string => {
  const [, example = ''] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(readme) ?? [];
  const code = example.split('\n').filter((line) => line.trim() !== '');
  assert.ok(code.length > 0 && code.length <= 10, `${code.length} lines`);
  return example;
};

const beginsWithInstall = (readme: string, line: RegExp): void =>
  assert.match(readme, new RegExp(`^# [^\n]+\n\n\`\`\`sh\n${line.source}`));

const firstVersionIn = (changelog: string): string | undefined => /^## (.*)$/m.exec(changelog)?.[1];

const packed = (): string => {
  const file = readdirSync(join(PROJECT, 'build')).find((name) =>
    /^live-pool-client-.*\.tgz$/.test(name),
  );
  assert.ok(file !== undefined);
  return join(PROJECT, 'build', file);
};

describe('The packages of the clients', () => {
  const folder = temporaryFolder();
  const expected = `fresh_upstream ${SYMBOLS.join(' ')}\n`;

  before(() => {
    packageClients();
    stateFolder(join(folder(), 'state'));
  });

  describe('for npm', () => {
    const consumer = (): string => join(folder(), 'npm');

    before(async function () {
      writeFiles(consumer(), { 'package.json': '{ "private": true }' });
      try {
        await npmUnlessOffline(
          ['install', '--prefer-offline', '--no-audit', '--no-fund', packed()],
          consumer(),
        );
      } catch (error) {
        if (!(error instanceof Offline) || process.env.CI === 'true') throw error;
        console.warn(`SKIPPED: ${error.message}`);
        this.skip();
      }
    });

    it('installs three packages: itself, fp-ts and io-ts', () => {
      const installed = readdirSync(join(consumer(), 'node_modules')).filter(
        (n) => !n.startsWith('.'),
      );
      assert.deepEqual(installed, ['fp-ts', 'io-ts', 'live-pool-client']);
    });

    it('runs the ten lines of its README', async () => {
      const readme = read('shared/client/README.md');
      beginsWithInstall(readme, /npm install /);
      writeFileSync(join(consumer(), 'pool.mjs'), exampleIn(readme, 'js'));
      const { stdout } = await run(process.execPath, ['pool.mjs', join(folder(), 'state')], {
        cwd: consumer(),
      });
      assert.equal(stdout, expected);
    });

    it('gives CommonJS the same names as ES modules', async () => {
      const names = (load: string): string => `${load}; console.log(Object.keys(c).sort().join())`;
      const options = { cwd: consumer() };
      const required = await run(
        process.execPath,
        ['--eval', names("const c = require('live-pool-client')")],
        options,
      );
      const imported = await run(
        process.execPath,
        ['--input-type=module', '--eval', names("import * as c from 'live-pool-client'")],
        options,
      );
      assert.match(required.stdout, /loadLivePool/);
      assert.deepEqual([required.stdout, required.stderr], [imported.stdout, '']);
    });

    it('has types for ES modules and for CommonJS', async () => {
      const use = "import { loadLivePool, type LoadedPool } from 'live-pool-client';\n";
      const call =
        'export const pool = (): Promise<LoadedPool> =>\n' +
        '  loadLivePool({ readDocument: async () => null, staticUniverse: {} });\n';
      writeFiles(consumer(), { 'use.mts': use + call, 'use.cts': use + call });
      const tsc = join(PROJECT, 'node_modules/typescript/bin/tsc');
      const options = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022'];
      await run(process.execPath, [tsc, ...options, 'use.mts', 'use.cts'], {
        cwd: consumer(),
      });
    });
  });

  describeWithPython('for pip', () => {
    const built = (pattern: RegExp): string => {
      const file = readdirSync(join(PROJECT, 'build')).find((name) => pattern.test(name));
      assert.ok(file !== undefined);
      return join(PROJECT, 'build', file);
    };

    it('install without an index: the wheel, the source distribution and the folder', async () => {
      const sources = {
        wheel: built(/^live_pool_client-.*\.whl$/),
        sdist: built(/^live_pool_client-.*\.tar\.gz$/),
        folder: join(PROJECT, 'shared/client/python'),
      };
      for (const [name, source] of Object.entries(sources)) {
        const target = join(folder(), name);
        const args = [
          '-m',
          'pip',
          'install',
          '--quiet',
          '--no-index',
          `--target=${target}`,
          source,
        ];
        await run('python3', args, { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
        assert.ok(existsSync(join(target, 'live_pool_client/__init__.py')), name);
        assert.ok(existsSync(join(target, 'live_pool_client/py.typed')), name);
      }
    });

    it('runs the ten lines of its README', async () => {
      const readme = read('shared/client/python/README.md');
      beginsWithInstall(readme, /pip install /);
      writeFiles(folder(), { 'pool.py': exampleIn(readme, 'python') });
      const { stdout } = await run('python3', ['pool.py', join(folder(), 'state')], {
        cwd: folder(),
        env: { ...process.env, PYTHONPATH: join(folder(), 'wheel') },
      });
      assert.equal(stdout, expected);
    });

    it('builds the same bytes from another folder', async () => {
      const copy = join(folder(), 'copy');
      const output = join(folder(), 'again');
      await run('cp', ['-r', join(PROJECT, 'shared/client/python'), copy]);
      await run('python3', [join(copy, 'build_backend.py'), output]);
      for (const name of readdirSync(output))
        assert.deepEqual(
          readFileSync(join(output, name)),
          readFileSync(join(PROJECT, 'build', name)),
        );
    });
  });

  it('have the version that their changelogs begin with, and the license of the project', () => {
    const { version } = JSON.parse(read('shared/client/package.json'));
    const [, python] =
      /^version = "(.*)"$/m.exec(read('shared/client/python/pyproject.toml')) ?? [];
    assert.equal(firstVersionIn(read('shared/client/CHANGELOG.md')), version);
    assert.equal(firstVersionIn(read('shared/client/python/CHANGELOG.md')), python);
    for (const place of ['shared/client', 'shared/client/python'])
      assert.equal(read(`${place}/LICENSE`), read('LICENSE'));
  });
});
