import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { type Archive, buildArchive } from '../../../deploy/package/build-archive.js';
import { sha256 } from '../../../shared/codec/hash.js';
import { temporaryFolder } from '../../support/cli.js';
import { PROJECT, REVISION, writeFiles } from './support/project.js';

const SOURCES = [
  'functions',
  'shared',
  'LICENSE',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Mode, date and time of every entry in the archive's directory. */
const entriesOf = (zip: Buffer): ReadonlySet<string> => {
  const kinds = new Set<string>();
  const count = zip.readUInt16LE(zip.length - 12);
  let at = zip.readUInt32LE(zip.length - 6);
  for (let entry = 0; entry < count; entry += 1) {
    assert.equal(zip.readUInt32LE(at), 0x02014b50);
    const mode = (zip.readUInt32LE(at + 38) >>> 16).toString(8);
    kinds.add(`${mode} ${zip.readUInt16LE(at + 14)} ${zip.readUInt16LE(at + 12)}`);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return kinds;
};

describe('The archive that functions deploy from', () => {
  const folder = temporaryFolder();
  let archive: Archive;
  let files: Readonly<Record<string, Uint8Array>>;
  before(async () => {
    archive = await buildArchive(PROJECT, () => REVISION);
    files = unzipSync(archive.bytes);
  });
  const text = (path: string): string => Buffer.from(files[path] ?? []).toString('utf8');
  const manifest = () => JSON.parse(text('package.json'));

  it('is under two megabytes', () => {
    assert.ok(archive.bytes.length < 2_000_000, `${archive.bytes.length} bytes`);
  });

  it('contains only modules, manifest, lock and license', () => {
    const others = archive.files.filter((path) => !/^dist\/(functions|shared)\/.*\.js$/.test(path));
    assert.deepEqual(others, ['LICENSE', 'package-lock.json', 'package.json']);
    assert.deepEqual(Object.keys(files), archive.files);
    assert.deepEqual(archive.files, [...archive.files].sort());
    for (const path of ['functions/index', 'functions/rank/worker', 'functions/shadow/worker'])
      assert.ok(files[`dist/${path}.js`], path);
  });

  it('contains the same modules that the tests run', () => {
    for (const path of archive.files.filter((path) => path.startsWith('dist/'))) {
      const built = readFileSync(join(PROJECT, path), 'utf8');
      assert.equal(text(path), built.replace(/\/\/# sourceMappingURL=.*\n?$/, ''), path);
    }
  });

  it('installs no packages for development or for the command', () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(PROJECT, 'functions/package.json'), 'utf8'),
    );
    const { packages } = JSON.parse(text('package-lock.json'));
    assert.deepEqual(packages[''].dependencies, manifest().dependencies);
    assert.deepEqual(manifest().dependencies, dependencies);
    for (const name of ['typescript', 'mocha', 'commander', 'ora', 'cli-table3'])
      assert.equal(`node_modules/${name}` in packages, false, name);
    for (const [name, version] of Object.entries(dependencies))
      assert.equal(packages[`node_modules/${name}`].version, version);
    for (const key of ['scripts', 'bin', 'devDependencies']) assert.equal(key in manifest(), false);
    assert.equal(archive.packages, Object.keys(packages).length - 1);
    for (const locked of Object.values(packages)) assert.equal(Object(locked).dev, undefined);
  });

  it('has a lock that npm leaves unchanged', () => {
    const place = join(folder(), 'locked');
    const texts = ['package.json', 'package-lock.json'].map((path) => [path, text(path)]);
    writeFiles(place, Object.fromEntries(texts));
    const words = ['install', '--package-lock-only', '--offline', '--ignore-scripts', '--no-audit'];
    execFileSync('npm', words, { cwd: place, stdio: 'pipe' });
    assert.deepEqual(
      JSON.parse(readFileSync(join(place, 'package-lock.json'), 'utf8')),
      JSON.parse(text('package-lock.json')),
    );
  });

  it('requires the Node.js version that the infrastructure names, and no newer one', () => {
    const terraform = readFileSync(join(PROJECT, 'deploy/gcp/variables.tf'), 'utf8');
    const [, runtime] =
      /variable "source_runtime" \{[^}]*default\s+= "nodejs(\d+)"/.exec(terraform) ?? [];
    assert.deepEqual(manifest().engines, { node: `${runtime}.x` });
  });

  it('names its commit, and has fixed times and modes', () => {
    assert.equal(manifest().gitHead, REVISION);
    // 1980-01-01 in the format's days, noon in its two-second steps.
    assert.deepEqual(entriesOf(Buffer.from(archive.bytes)), new Set(['100644 33 24576']));
  });

  it('is the same from another folder, in another time zone, with other times and modes', async () => {
    const copy = join(folder(), 'elsewhere');
    const [zone, mask] = [process.env.TZ, process.umask(0o077)];
    try {
      process.env.TZ = 'Pacific/Kiritimati';
      mkdirSync(copy);
      for (const path of SOURCES)
        cpSync(join(PROJECT, path), join(copy, path), {
          recursive: true,
          filter: (file) => statSync(file).isDirectory() || !/\.(gz|csv|py)$/.test(file),
        });
      utimesSync(join(copy, 'LICENSE'), 1, 1);
      const other = await buildArchive(copy, () => REVISION);
      assert.equal(sha256(other.bytes), sha256(archive.bytes));
    } finally {
      process.umask(mask);
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});
