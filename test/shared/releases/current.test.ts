import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { sha256 } from '../../../shared/codec/hash.js';
import type { PositiveInteger } from '../../../shared/codec/primitives.js';
import { ARTIFACT_FILE, PAYLOAD_ARTIFACTS } from '../../../shared/contract/constants.js';
import type { Release } from '../../../shared/contract/release.js';
import { memoryObjectStore } from '../../../shared/local/memory-object-store.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import { copyToCurrent, verifyCurrent } from '../../../shared/releases/current.js';
import { accompanied } from '../../support/faulty-stores.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { handMadeRelease } from '../../support/hand-made-release.js';

const older = handMadeRelease('2025-11-30');
const newer = handMadeRelease('2025-12-31');
const KEYS = [
  'current/latest_universe.json',
  'current/latest_ranking.csv',
  'current/live_pool.json',
  'current/live_pool_legacy.json',
  'current/artifact_manifest.json',
];

const promotion = (seq: number, { version }: Release) => ({ seq: seq as PositiveInteger, version });

const copy = (objects: ObjectStore, seq: number, release: Release) =>
  copyToCurrent(objects, promotion(seq, release), release.files)();

const read = async (objects: ObjectStore, key: string) => {
  const found = getOrThrow(await objects.read(key)());
  return found._tag === 'None' ? undefined : found.value;
};

/** Which release each object of current/ is of, in the order in which it is written. */
const shown = async (objects: ObjectStore): Promise<readonly (string | undefined)[]> => {
  const found = await Promise.all(KEYS.map((key) => read(objects, key)));
  return found.map((object) => object?.metadata.version?.slice(0, 7));
};

const generations = async (objects: ObjectStore): Promise<readonly number[]> =>
  getOrThrow(await objects.list('current/')()).map(({ generation }) => generation);

const put = async (objects: ObjectStore, key: string, text: string, seq?: number) => {
  const present = (await read(objects, key))?.generation ?? 0;
  const written = await objects.write(key, new TextEncoder().encode(text), {
    ifGenerationMatch: present,
    contentType: 'text/plain',
    metadata: seq === undefined ? {} : { promotion_seq: String(seq), version: '2099-01' },
  })();
  assert.equal(getOrThrow(written).outcome, 'written');
};

describe('Copying a release to current/', () => {
  it('writes the five objects, the manifest last, each with the promotion that wrote it', async () => {
    const store = memoryObjectStore();
    const order: string[] = [];
    const watched = accompanied(store, {
      after: async (key) => {
        order.push(key);
      },
    });
    assert.deepEqual(await copy(watched, 3, older), E.right('written'));
    assert.deepEqual(order, KEYS);
    for (const key of KEYS) {
      const object = await read(store, key);
      assert.ok(object);
      const bytes = older.files[key.slice('current/'.length) as keyof typeof older.files];
      assert.deepEqual(Buffer.from(object.bytes), Buffer.from(bytes));
      assert.deepEqual(object.metadata, {
        promotion_seq: '3',
        version: '2025-11-30-core_major',
        sha256: sha256(bytes),
      });
    }
  });

  it('writes nothing the second time', async () => {
    const store = memoryObjectStore();
    getOrThrow(await copy(store, 3, older));
    assert.deepEqual(await copy(store, 3, older), E.right('unchanged'));
    assert.deepEqual(await generations(store), [1, 1, 1, 1, 1]);
  });

  it('continues after a crash', async () => {
    for (const crashAfter of KEYS.slice(0, -1)) {
      const store = memoryObjectStore();
      getOrThrow(await copy(store, 3, older));
      const crashing = accompanied(store, {
        after: async (key) => {
          if (key === crashAfter) throw new Error('crash');
        },
      });
      await assert.rejects(copy(crashing, 4, newer), /crash/);
      assert.deepEqual((await shown(store)).at(-1), '2025-11');
      assert.deepEqual(await copy(store, 4, newer), E.right('written'));
      assert.deepEqual(new Set(await shown(store)), new Set(['2025-12']));
      assert.deepEqual(await generations(store), [2, 2, 2, 2, 2]);
    }
  });

  it("never leaves a mix of two releases that the manifest's checksums do not reveal", async () => {
    const store = memoryObjectStore();
    const seen: string[] = [];
    const look = async () => {
      const files = await Promise.all(
        PAYLOAD_ARTIFACTS.map(async (name) => {
          const object = await read(store, `current/${ARTIFACT_FILE[name]}`);
          return object && sha256(object.bytes);
        }),
      );
      const manifest = await read(store, 'current/artifact_manifest.json');
      const whole = [older, newer].find(
        (release) => manifest && sha256(manifest.bytes) === release.sha256.artifact_manifest,
      );
      if (whole === undefined) seen.push('no manifest');
      else if (PAYLOAD_ARTIFACTS.every((name, i) => files[i] === whole.sha256[name]))
        seen.push(whole.version);
      else seen.push('exposed');
    };
    const watched = accompanied(store, { before: look, after: look });
    getOrThrow(await copy(watched, 1, older));
    getOrThrow(await copy(watched, 2, newer));
    await look();
    assert.deepEqual(
      seen.filter((one, index) => one !== seen[index - 1]),
      ['no manifest', '2025-11-30-core_major', 'exposed', '2025-12-31-core_major'],
    );
  });

  it('is superseded by a later promotion and changes none of its objects', async () => {
    const store = memoryObjectStore();
    getOrThrow(await copy(store, 4, newer));
    assert.deepEqual(await copy(store, 3, older), E.right('superseded'));
    assert.deepEqual(await generations(store), [1, 1, 1, 1, 1]);
    assert.deepEqual(new Set(await shown(store)), new Set(['2025-12']));
  });

  it('stops at the first object that a later promotion has written', async () => {
    const store = memoryObjectStore();
    await put(store, 'current/live_pool.json', 'later', 4);
    assert.deepEqual(await copy(store, 3, older), E.right('superseded'));
    assert.deepEqual(await shown(store), ['2025-11', '2025-11', '2099-01', undefined, undefined]);
  });

  it('replaces objects that no promotion wrote, and different objects under its own number', async () => {
    const store = memoryObjectStore();
    await put(store, 'current/live_pool.json', 'from before this system');
    await put(store, 'current/latest_universe.json', 'a half-made file', 3);
    assert.deepEqual(await copy(store, 3, older), E.right('written'));
    assert.deepEqual(new Set(await shown(store)), new Set(['2025-11']));
  });

  it('reads again if an older promotion writes between its read and its write', async () => {
    const store = memoryObjectStore();
    let interfered = false;
    const contested = accompanied(store, {
      before: async (key) => {
        if (key !== 'current/live_pool.json' || interfered) return;
        interfered = true;
        await put(store, key, 'older', 2);
      },
    });
    assert.deepEqual(await copy(contested, 3, older), E.right('written'));
    assert.ok(interfered);
    assert.deepEqual(new Set(await shown(store)), new Set(['2025-11']));
  });

  it('is superseded if a later promotion writes between its read and its write', async () => {
    const store = memoryObjectStore();
    const contested = accompanied(store, {
      before: async (key) => {
        if (key === 'current/live_pool.json') await put(store, key, 'later', 4);
      },
    });
    assert.deepEqual(await copy(contested, 3, older), E.right('superseded'));
    assert.deepEqual(await shown(store), ['2025-11', '2025-11', '2099-01', undefined, undefined]);
  });

  it('fails transiently if another process writes every time', async () => {
    const store = memoryObjectStore();
    let tries = 0;
    const contested = accompanied(store, {
      before: async (key) => {
        tries += 1;
        await put(store, key, `rival ${tries}`, 1);
      },
    });
    const result = await copy(contested, 3, older);
    assert.ok(E.isLeft(result));
    assert.equal(result.left.kind, 'transient');
    assert.equal(
      result.left.message,
      'current/latest_universe.json is being written by another process',
    );
    assert.equal(tries, 21);
  });
});

describe('Verifying current/', () => {
  const verify = (objects: ObjectStore) =>
    verifyCurrent(objects, promotion(3, older), older.files)();

  it('accepts the copy, and objects of a later promotion', async () => {
    const store = memoryObjectStore();
    getOrThrow(await copy(store, 3, older));
    assert.ok(E.isRight(await verify(store)));
    await put(store, 'current/live_pool.json', 'later', 4);
    assert.ok(E.isRight(await verify(store)));
  });

  it('refuses other bytes under the same number, and a missing object', async () => {
    const store = memoryObjectStore();
    assert.ok(E.isLeft(await verify(store)));
    getOrThrow(await copy(store, 3, older));
    await put(store, 'current/live_pool.json', 'other', 3);
    const result = await verify(store);
    assert.ok(E.isLeft(result));
    assert.equal(result.left.kind, 'transient');
    assert.equal(
      result.left.message,
      'current/live_pool.json does not hold what promotion 3 wrote',
    );
  });
});
