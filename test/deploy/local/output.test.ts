import assert from 'node:assert/strict';
import { link, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { writeOutput } from '../../../deploy/local/output.js';
import { jsonText } from '../../../shared/codec/bytes.js';
import { locationsOf } from '../../../shared/config.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../../../shared/contract/constants.js';
import type { Release } from '../../../shared/contract/release.js';
import { releaseManifest } from '../../../shared/contract/release-manifest.js';
import { memoryObjectStore } from '../../../shared/local/memory-object-store.js';
import { releaseKey } from '../../../shared/object-keys.js';
import { done } from '../../contract/store-under-test.js';
import { killedAtStep } from '../../shared/local/failing-disk.js';
import { type NewFolder, newFolder } from '../../shared/local/temporary-folder.js';
import { handMadeRelease, putRelease } from '../../support/hand-made-release.js';
import { TEST_CONFIG } from '../../support/memory-world.js';

const february = handMadeRelease('2026-02-28');
const march = handMadeRelease('2026-03-13');

/** The expected six files of the output. */
const filesOf = (release: Release, dryRun = false): ReadonlyMap<string, Buffer> =>
  new Map([
    ...ARTIFACTS.map(
      (name) => [ARTIFACT_FILE[name], Buffer.from(release.files[ARTIFACT_FILE[name]])] as const,
    ),
    [
      'release_manifest.json',
      Buffer.from(jsonText(releaseManifest(release, locationsOf(TEST_CONFIG), { dryRun }))),
    ],
  ]);

describe('the output folder', () => {
  let folder: NewFolder;
  const objects = memoryObjectStore();
  before(async () => {
    for (const release of [february, march]) await putRelease(objects, release);
  });
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(() => folder.remove());

  const write = (release: Release, dryRun = false) =>
    writeOutput({ objects, config: TEST_CONFIG }, folder.path, {
      releasePrefix: releaseKey(release.version, ''),
      dryRun,
    });
  const found = async (): Promise<ReadonlyMap<string, Buffer>> => {
    const names = await readdir(folder.path);
    return new Map(
      await Promise.all(
        names.map(async (name) => [name, await readFile(join(folder.path, name))] as const),
      ),
    );
  };

  for (const dryRun of [false, true])
    it(`holds the bytes of the release and its manifest after a ${dryRun ? 'dry' : 'real'} run`, async () => {
      await done(write(march, dryRun));
      assert.deepEqual(await found(), filesOf(march, dryRun));
    });

  it('holds the latest release only', async () => {
    await done(write(february));
    await done(write(march));
    assert.deepEqual(await found(), filesOf(march));
  });

  it('replaces files instead of rewriting them: an open file keeps its content', async () => {
    await done(write(february));
    const kept = join(folder.path, 'kept');
    await mkdir(kept);
    const names = [...filesOf(february).keys()];
    for (const name of names) await link(join(folder.path, name), join(kept, name));
    await done(write(march));
    for (const name of names)
      assert.deepEqual(await readFile(join(kept, name)), filesOf(february).get(name), name);
  });

  it('holds complete files only after its writer is killed at any point', async () => {
    for (let step = 1; ; step++) {
      await rm(folder.path, { recursive: true, force: true });
      await done(write(february));
      if (!(await killedAtStep(step, write(march)))) break;
      for (const [name, bytes] of await found()) {
        if (name.endsWith('.tmp')) continue;
        const whole = [february, march].some((release) =>
          filesOf(release).get(name)?.equals(bytes),
        );
        assert.ok(whole, `${name} is torn, killed at step ${step}`);
      }
      await done(write(march));
      assert.deepEqual(await found(), filesOf(march));
    }
  });

  it('is unchanged when the release is incomplete', async () => {
    await done(write(february));
    const partial = { ...objects, read: (key: string) => objects.read(`${key}.missing`) };
    const result = await writeOutput({ objects: partial, config: TEST_CONFIG }, folder.path, {
      releasePrefix: releaseKey(march.version, ''),
      dryRun: false,
    })();
    assert.ok(E.isLeft(result), 'it was written');
    assert.match(result.left.message, /^A release needs five artifacts; missing: /);
    assert.deepEqual(await found(), filesOf(february));
  });
});
