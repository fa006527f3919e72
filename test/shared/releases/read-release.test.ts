import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { sha256 } from '../../../shared/codec/hash.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { memoryObjectStore } from '../../../shared/local/memory-object-store.js';
import { contentTypeOf, writeOnce } from '../../../shared/ports/write-once.js';
import { listReleases } from '../../../shared/releases/list-releases.js';
import { readReference, referenceTo } from '../../../shared/releases/read-referenced-object.js';
import { readPool, readReleaseAt } from '../../../shared/releases/read-release.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { handMadeRelease, putRelease } from '../../support/hand-made-release.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const AT = { bucket: 'a-bucket', rootPrefix: 'root' };

const refusal = (result: E.Either<Failure, unknown>): string => {
  if (E.isRight(result)) throw new Error('it was not refused');
  return `${result.left.kind} ${result.left.code}: ${result.left.message}`;
};

const put = (store: ReturnType<typeof memoryObjectStore>, key: string, content: Uint8Array) =>
  store.write(key, content, { ifGenerationMatch: 0, contentType: 'text/plain' })();

describe('Writing once', () => {
  it('writes, then finds the same object, then another one', async () => {
    const store = memoryObjectStore();
    const write = (text: string) => writeOnce(store, 'a', bytes(text), 'text/plain')();
    assert.deepEqual(await write('one'), E.right({ outcome: 'written' }));
    assert.deepEqual(await write('one'), E.right({ outcome: 'identical' }));
    assert.deepEqual(await write('two'), E.right({ outcome: 'different', stored: bytes('one') }));
    assert.equal(getOrThrow(await store.list('')())[0]?.generation, 1);
  });

  it('allows exactly one of two concurrent writers to write', async () => {
    const store = memoryObjectStore();
    const results = await Promise.all(
      ['one', 'two'].map((text) => writeOnce(store, 'a', bytes(text), 'text/plain')()),
    );
    assert.deepEqual(results.map((result) => getOrThrow(result).outcome).sort(), [
      'different',
      'written',
    ]);
  });

  it('is tried again where an object exists for writers but not for readers', async () => {
    const store = { ...memoryObjectStore(), read: () => TE.right(O.none) };
    await put(store, 'a', bytes('one'));
    const result = await writeOnce(store, 'a', bytes('one'), 'text/plain')();
    assert.equal(
      refusal(result),
      'transient unavailable: a exists for writers but not for readers; try again',
    );
  });

  it('calls the ranking CSV and the rest JSON', () => {
    assert.equal(contentTypeOf('latest_ranking.csv'), 'text/csv; charset=utf-8');
    assert.equal(contentTypeOf('artifact_manifest.json'), 'application/json');
  });
});

describe('A reference', () => {
  const store = memoryObjectStore();
  const content = bytes('{"a":1}');
  const read = (uri: string, hash = sha256(content)) =>
    readReference(store, AT, 'snapshot', { uri, sha256: hash })();

  before(() => put(store, 'x/y.json', content));

  it('resolves to the bytes that it was made from', async () => {
    const reference = referenceTo(AT, 'x/y.json', content);
    assert.deepEqual(reference, { uri: 'gs://a-bucket/root/x/y.json', sha256: sha256(content) });
    assert.deepEqual(await readReference(store, AT, 'snapshot', reference)(), E.right(content));
  });

  it('to another bucket is refused', async () => {
    assert.equal(
      refusal(await read('gs://b-bucket/root/x/y.json')),
      'permanent malformed-input: snapshot: expected an object under gs://a-bucket/root/, got gs://b-bucket/root/x/y.json',
    );
  });

  it('to nothing is refused', async () => {
    assert.equal(
      refusal(await read('gs://a-bucket/root/x/z.json')),
      'permanent malformed-input: snapshot: expected an object at gs://a-bucket/root/x/z.json, got nothing',
    );
  });

  it('to other bytes is refused', async () => {
    assert.equal(
      refusal(await read('gs://a-bucket/root/x/y.json', sha256('other'))),
      `permanent malformed-input: snapshot: expected SHA-256 ${sha256('other')} at gs://a-bucket/root/x/y.json, got ${sha256(content)}`,
    );
  });
});

describe('A release in the bucket', () => {
  const release = handMadeRelease('2025-11-30');

  it('is read with its bytes and their decoded content', async () => {
    const store = memoryObjectStore();
    await putRelease(store, release);
    const read = getOrThrow(await readReleaseAt(store, 'releases/2025-11-30-core_major/')());
    assert.deepEqual(read, release);
    assert.deepEqual(
      getOrThrow(await readPool(store, release.version)()).symbols,
      release.livePool.symbols,
    );
  });

  it('that is incomplete is rejected, with the missing files', async () => {
    const store = memoryObjectStore();
    const key = 'releases/2025-11-30-core_major/live_pool.json';
    await put(store, key, release.files['live_pool.json']);
    assert.equal(
      refusal(await readReleaseAt(store, 'releases/2025-11-30-core_major/')()),
      'permanent contract-invalid: A release needs five artifacts; missing: latest_universe.json, latest_ranking.csv, live_pool_legacy.json, artifact_manifest.json',
    );
  });

  it('that was promoted and has no pool file is named', async () => {
    assert.equal(
      refusal(await readPool(memoryObjectStore(), '2025-11-30-core_major' as Version)()),
      'permanent contract-invalid: releases/2025-11-30-core_major/live_pool.json is missing although 2025-11-30-core_major was promoted',
    );
  });

  it('is listed, oldest first, complete or not', async () => {
    const store = memoryObjectStore();
    await putRelease(store, handMadeRelease('2025-12-31'));
    await putRelease(store, release);
    await put(store, 'releases/2026-01-31-core_major/live_pool.json', bytes('{"half":'));
    await put(store, 'releases/2026-02-28-core_major/latest_universe.json', bytes('{}'));
    await put(store, 'releases/notes/readme.txt', bytes('not a release'));
    await put(store, 'current/live_pool.json', release.files['live_pool.json']);
    const { symbols } = release.livePool;
    assert.deepEqual(getOrThrow(await listReleases(store)()), [
      { version: '2025-11-30-core_major', asOfDate: '2025-11-30', symbols, complete: true },
      { version: '2025-12-31-core_major', asOfDate: '2025-12-31', symbols, complete: true },
      { version: '2026-01-31-core_major', asOfDate: '2026-01-31', symbols: [], complete: false },
      { version: '2026-02-28-core_major', asOfDate: '2026-02-28', symbols: [], complete: false },
    ]);
  });
});
