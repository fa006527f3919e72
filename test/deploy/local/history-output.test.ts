import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { exportHistory } from '../../../deploy/local/history-output.js';
import { jsonText, utf8 } from '../../../shared/codec/bytes.js';
import { sha256 } from '../../../shared/codec/hash.js';
import { memoryObjectStore } from '../../../shared/local/memory-object-store.js';
import { done } from '../../contract/store-under-test.js';
import { killedAtStep } from '../../shared/local/failing-disk.js';
import { type NewFolder, newFolder } from '../../shared/local/temporary-folder.js';
import { fileHashes } from '../../support/file-hashes.js';

const FOLDERS = ['releases', 'tracks'];
const PATHS = ['releases/a/pool.json', 'releases/index.csv', 'tracks/index.csv', 'other/file'];

/** A history; the content of each file names the history that it belongs to. */
const filesOf = (name: string): ReadonlyMap<string, Uint8Array> =>
  new Map(PATHS.map((path) => [path, utf8(`${path} of ${name}`)]));

const hashesOf = (name: string, folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...filesOf(name)]
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, bytes]) => [path.slice(folder.length + 1), sha256(bytes)]),
  );

describe('the shadow history in the output folder', () => {
  let folder: NewFolder;
  const objects = memoryObjectStore();

  const put = (key: string, bytes: Uint8Array) =>
    done(objects.write(key, bytes, { ifGenerationMatch: 0, contentType: 'text/plain' }));

  before(async () => {
    for (const name of ['old', 'new']) {
      const files = [...filesOf(name)].map(([path, bytes]) => ({ path, sha256: sha256(bytes) }));
      const fields = { as_of_date: '2026-03-13', version: '2026-03-13-core_major' };
      const index = { ...fields, snapshot: sha256('bars'), pool_size: 5, tracks: [], files };
      for (const [path, bytes] of filesOf(name)) await put(`${name}/${path}`, bytes);
      await put(`${name}/index.json`, utf8(jsonText(index)));
    }
  });
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(() => folder.remove());

  const write = (name: string) =>
    exportHistory(objects, folder.path, { prefix: `${name}/`, folders: FOLDERS });
  const shown = (name: string) => fileHashes(join(folder.path, name));

  it('contains the requested folders and replaces earlier ones', async () => {
    for (const name of ['old', 'new']) {
      await done(write(name));
      for (const one of FOLDERS) assert.deepEqual(shown(one), hashesOf(name, one));
      assert.deepEqual(Object.keys(fileHashes(folder.path)).sort(), PATHS.slice(0, 3));
    }
  });

  it('leaves the other files of the output unchanged', async () => {
    await done(write('old'));
    writeFileSync(join(folder.path, 'live_pool.json'), 'a pool');
    await done(write('new'));
    assert.equal(shown('')['live_pool.json'], sha256('a pool'));
  });

  it('is either the old or the new history, complete, after its writer is killed at any point', async () => {
    let between = 0;
    for (let step = 1; ; step += 1) {
      await rm(folder.path, { recursive: true, force: true });
      await done(write('old'));
      if (!(await killedAtStep(step, write('new')))) break;
      for (const one of FOLDERS) {
        const aside = Object.keys(shown(one)).length === 0;
        between += aside ? 1 : 0;
        // Between the two renames the old history has its temporary name.
        const found = shown(aside ? `${one}.previous` : one);
        const whole = ['old', 'new'].some(
          (name) => JSON.stringify(hashesOf(name, one)) === JSON.stringify(found),
        );
        assert.ok(whole, `${one} is torn, killed at step ${step}`);
      }
      await done(write('new'));
      for (const one of FOLDERS) assert.deepEqual(shown(one), hashesOf('new', one));
      assert.deepEqual(Object.keys(fileHashes(folder.path)).sort(), PATHS.slice(0, 3));
    }
    assert.equal(between, FOLDERS.length);
  });

  it('is unchanged when a file of the new history is missing or has another checksum', async () => {
    await done(write('old'));
    const broken = (key: string) => ({
      read: (asked: string) => objects.read(asked === key ? key.replace('new', 'old') : asked),
    });
    for (const path of PATHS.slice(0, 3)) {
      const result = await exportHistory(broken(`new/${path}`), folder.path, {
        prefix: 'new/',
        folders: FOLDERS,
      })();
      assert.ok(E.isLeft(result));
      assert.match(result.left.message, /expected SHA-256 /);
      for (const one of FOLDERS) assert.deepEqual(shown(one), hashesOf('old', one));
    }
  });
});
