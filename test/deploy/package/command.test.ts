import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../shared/codec/hash.js';
import { temporaryFolder } from '../../support/cli.js';
import { PROJECT, REVISION, smallProject, writeFiles } from './support/project.js';

/** Runs the built command in a clone of a small project. */
describe('npm run package', () => {
  const folder = temporaryFolder();
  let clone: string;
  let head: string;

  before(() => {
    clone = realpathSync(folder());
    writeFiles(clone, smallProject({ 'functions/b.ts': 'export {};\n' }));
    const git = (...words: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@e', ...words], {
        cwd: clone,
        encoding: 'utf8',
      }).trim();
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message=m');
    head = git('rev-parse', 'HEAD');
    for (const room of [
      'dist/shared',
      'dist/deploy/cli',
      'dist/deploy/package',
      'dist/deploy/package-root.js',
    ])
      cpSync(join(PROJECT, room), join(clone, room), {
        recursive: true,
        filter: (file) => statSync(file).isDirectory() || file.endsWith('.js'),
      });
    symlinkSync(join(PROJECT, 'node_modules'), join(clone, 'node_modules'));
  });

  const run = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const { SOURCE_REVISION: _, ...inherited } = process.env;
    return spawnSync(
      process.execPath,
      [join(clone, 'dist/deploy/package/main.js'), '--no-clients', ...words],
      {
        cwd: join(clone, 'dist'),
        encoding: 'utf8',
        env: { ...inherited, ...environment },
      },
    );
  };

  it('reports path, size, digest, source revision and number of packages', () => {
    const { status, stdout, stderr } = run(['--format=json']);
    assert.deepEqual([status, stderr], [0, '']);
    const file = join(clone, 'build/live-pool-functions.zip');
    const bytes = statSync(file).size;
    const digest = sha256(readFileSync(file));
    assert.deepEqual(JSON.parse(stdout), {
      path: '../build/live-pool-functions.zip',
      bytes,
      sha256: digest,
      source_revision: head,
      files: 4,
      packages: 1,
    });

    const words = ['--output=again.zip'];
    const again = run(words, { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8', SOURCE_REVISION: head });
    assert.deepEqual([again.status, again.stderr], [0, '']);
    assert.equal(
      again.stdout,
      `again.zip
  size             ${bytes} bytes, 4 files
  sha256           ${digest}
  source revision  ${head}
  packages         1 to install
`,
    );
  });

  it('builds nothing for --help, nor does npm afterwards', () => {
    const place = join(folder(), 'help.zip');
    const { status, stdout, stderr } = run([`--output=${place}`, '--help']);
    assert.deepEqual([status, stderr, existsSync(place)], [0, '', false]);
    assert.match(stdout, /^Usage: npm run package -- /);
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    assert.deepEqual([scripts.prepackage, scripts.postpackage], [undefined, undefined]);
  });

  it('builds nothing and exits with 5 if SOURCE_REVISION is not the commit of the clone', () => {
    const { status, stdout, stderr } = run(['--output=no.zip'], { SOURCE_REVISION: REVISION });
    assert.deepEqual([status, stdout], [5, '']);
    assert.match(stderr, new RegExp(`^error: SOURCE_REVISION: expected ${head}, the commit of`));
    assert.equal(existsSync(join(clone, 'dist/no.zip')), false);
  });

  it('exits with 2 for invalid arguments', () => {
    const { status, stdout, stderr } = run(['--format=xml']);
    assert.deepEqual(
      [status, stdout, stderr],
      [2, '', 'error: --format: expected text or json, got xml\n'],
    );
  });

  it('packages uncommitted changes only with --allow-dirty, and warns', () => {
    writeFiles(clone, { 'functions/b.ts': 'export const b = 1;\n' });
    assert.equal(run([]).status, 0, 'what is left behind may be in any state');
    writeFiles(clone, { 'functions/index.ts': "import './b.js';\nimport 'left';\n" });
    const refused = run(['--output=no.zip']);
    assert.deepEqual([refused.status, refused.stdout], [5, '']);
    assert.equal(
      refused.stderr,
      'error: Uncommitted changes: functions/b.ts, functions/index.ts. The archive would name a ' +
        'commit that it was not built from. Commit first, or use --allow-dirty.\n',
    );
    assert.equal(existsSync(join(clone, 'dist/no.zip')), false);

    const { status, stdout, stderr } = run(['--allow-dirty', '--format=json']);
    assert.equal(status, 0, stderr);
    assert.match(
      stderr,
      /^warning: Uncommitted changes: functions\/b\.ts, functions\/index\.ts\. /,
    );
    assert.equal(JSON.parse(stdout).source_revision, `${head}-dirty`);
  });
});
