import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { gcsObjectStore } from '../../../shared/gcp/object-store.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { openBucket } from '../../support/storage-bucket.js';
import {
  type Answer,
  hangUp,
  interrupted,
  json,
  media,
  refusal,
  type ScriptedStorage,
  scriptedStorage,
} from './scripted-storage.js';

const CREATE = { ifGenerationMatch: 0, contentType: 'text/plain' };
const content = Buffer.from('content');
/** The CRC32C of `first` and of `second`. */
const CRC32C = { first: 'ij6hUA==', second: 'ev2UKA==' };

const metadata = (generation: string, size: number) =>
  json({ name: 'root/a', generation, size: String(size) });

const failureOf = async <A>(task: TaskEither<Failure, A>): Promise<Failure> => {
  const result = await task();
  if (E.isRight(result)) return assert.fail('it succeeded');
  return result.left;
};

describe('the Cloud Storage adapter', () => {
  let opened: ScriptedStorage | undefined;
  afterEach(() => opened?.close());
  const scripted = async (
    ...answers: readonly Answer[]
  ): Promise<{ store: ObjectStore; requests: readonly string[] }> => {
    opened = await scriptedStorage(...answers);
    return { store: gcsObjectStore(opened.bucket, 'root'), requests: opened.requests };
  };

  describe('writing', () => {
    it('does not retry after a lost response, which would give a 412 for its own write', async () => {
      const { store, requests } = await scripted(hangUp);
      const { kind, code, message } = await failureOf(store.write('a', content, CREATE));
      assert.deepEqual({ kind, code }, { kind: 'transient', code: 'unavailable' });
      assert.match(message, /^Could not write object a: /);
      assert.equal(requests.length, 1);
    });

    it('does not retry when the service is overloaded', async () => {
      const { store, requests } = await scripted(refusal(503, 'Try again later.'));
      const { kind, message } = await failureOf(store.write('a', content, CREATE));
      assert.equal(kind, 'transient');
      assert.match(message, /Try again later/);
      assert.equal(requests.length, 1);
    });

    it('sends bytes, precondition and MD5 in one request, without reading first', async () => {
      const { store, requests } = await scripted(metadata('1700000000000001', 7));
      const write = store.write('a', content, { ...CREATE, ifGenerationMatch: 1700000000000000 });
      assert.deepEqual(getOrThrow(await write()), {
        outcome: 'written',
        generation: 1700000000000001,
      });
      assert.equal(requests.length, 1);
      assert.match(String(requests[0]), /^POST .*ifGenerationMatch=1700000000000000/);
      assert.match(String(requests[0]), /name=root%2Fa/);
      assert.match(String(requests[0]), /"md5Hash":"mgNkuembtIDdJeHwKEyFVQ=="/);
      assert.match(String(requests[0]), /\r\n\r\ncontent\r\n/);
    });

    it('treats 403 as 412 if the object exists: the account may not overwrite it', async () => {
      const { store, requests } = await scripted(
        refusal(403, 'lacks storage.objects.delete access'),
        metadata('1700000000000001', 7),
      );
      const written = getOrThrow(await store.write('a', content, CREATE)());
      assert.deepEqual(written, { outcome: 'precondition_failed' });
      assert.equal(requests.length, 2);
    });

    it('fails with 403 if no object exists: the account may not write at all', async () => {
      const answers = [refusal(403, 'lacks storage.objects.create access'), refusal(404, 'None.')];
      const { store } = await scripted(...answers);
      assert.match((await failureOf(store.write('a', content, CREATE))).message, /objects\.create/);
    });

    it('fails with 403 on a replacement', async () => {
      const { store, requests } = await scripted(refusal(403, 'lacks storage.objects.delete'));
      const write = store.write('a', content, { ...CREATE, ifGenerationMatch: 1700000000000000 });
      assert.match((await failureOf(write)).message, /objects\.delete/);
      assert.equal(requests.length, 1);
    });

    it('fails for a bucket that does not exist', async () => {
      const { bucket, close } = await openBucket();
      const store = gcsObjectStore(bucket.storage.bucket('elsewhere'), 'root');
      const { kind, message } = await failureOf(store.write('a', content, CREATE));
      assert.equal(kind, 'transient');
      assert.match(message, /bucket/);
      assert.equal((await failureOf(store.list(''))).kind, 'transient');
      await close();
    });
  });

  describe('reading', () => {
    it('returns the bytes of the generation that it reports, even if the object is replaced meanwhile', async () => {
      const { store, requests } = await scripted(
        metadata('1', 5),
        refusal(404, 'No such object: demo-bucket/root/a'),
        metadata('2', 6),
        media('second', CRC32C.second),
      );
      const found = O.toUndefined(getOrThrow(await store.read('a')()));
      assert.equal(found?.generation, 2);
      assert.equal(Buffer.from(found?.bytes ?? []).toString(), 'second');
      assert.match(String(requests[1]), /generation=1(&|\n)/);
      assert.match(String(requests[3]), /generation=2(&|\n)/);
    });

    it('finds no object if it is deleted meanwhile', async () => {
      const gone = refusal(404, 'No such object: demo-bucket/root/a');
      const { store } = await scripted(metadata('1', 5), gone, gone);
      assert.deepEqual(getOrThrow(await store.read('a')()), O.none);
    });

    it('fails transiently if the object is replaced on every attempt', async () => {
      const gone = refusal(404, 'No such object: demo-bucket/root/a');
      const turns = Array.from({ length: 6 }, (_, turn) => [metadata(`${turn + 1}`, 5), gone]);
      const { store, requests } = await scripted(...turns.flat());
      const { kind, message } = await failureOf(store.read('a'));
      assert.equal(kind, 'transient');
      assert.match(message, /object a: it was replaced 5 times/);
      assert.equal(requests.length, 10);
    });

    it('refuses bytes that do not have their checksum', async () => {
      const { store } = await scripted(metadata('1', 5), media('fir5t', CRC32C.first));
      const { kind, message } = await failureOf(store.read('a'));
      assert.equal(kind, 'transient');
      assert.match(message, /did not match/);
    });

    for (const { end, reason } of [
      { end: 'breaks off', reason: 'aborted' },
      { end: 'dries up', reason: 'no bytes arrived for 500 ms' },
    ] as const)
      it(`fails when the body ${end}, instead of waiting until the function is ended`, async () => {
        opened = await scriptedStorage(metadata('1', 5), interrupted('fir', CRC32C.first, end));
        opened.bucket.storage.timeout = 500;
        const store = gcsObjectStore(opened.bucket, 'root');
        const { kind, message } = await failureOf(store.read('a'));
        assert.equal(kind, 'transient');
        assert.equal(message, `Could not read object a: ${reason}`);
      });

    it("keeps Node.js from warning about the listeners of the client's own layers", async () => {
      const warnings: string[] = [];
      const note = ({ message }: Error): unknown => warnings.push(message);
      process.on('warning', note);
      // The listeners of a body leave with its end: while this one lasts, all of them are there.
      const unfinished = interrupted('fir', CRC32C.first, 'dries up');
      opened = await scriptedStorage(metadata('1', 5), unfinished);
      opened.bucket.storage.timeout = 500;
      await failureOf(gcsObjectStore(opened.bucket, 'root').read('a'));
      process.off('warning', note);
      assert.deepEqual(warnings, []);
    });

    it('rejects a generation that is not a safe integer', async () => {
      const { store } = await scripted(metadata('9007199254740993', 5));
      assert.match((await failureOf(store.head('a'))).message, /generation .* 9007199254740993/);
    });
  });

  describe('names', () => {
    it('lists every page, below the root only', async () => {
      const item = (name: string) => ({ name, generation: '1', size: '0' });
      const { store, requests } = await scripted(
        json({ items: [item('root/a/1'), item('root/a/2')], nextPageToken: 'more' }),
        json({ items: [item('root/a/3')] }),
      );
      const keys = getOrThrow(await store.list('a/')()).map(({ key }) => key);
      assert.deepEqual(keys, ['a/1', 'a/2', 'a/3']);
      assert.match(String(requests[0]), /prefix=root%2Fa%2F/);
      assert.match(String(requests[1]), /pageToken=more/);
    });

    it('lists no object outside of its root', async () => {
      const { bucket, close } = await openBucket();
      getOrThrow(await gcsObjectStore(bucket, 'root-2').write('a', content, CREATE)());
      const store = gcsObjectStore(bucket, 'root');
      assert.deepEqual(getOrThrow(await store.list('')()), []);
      assert.deepEqual(getOrThrow(await store.read('a')()), O.none);
      await close();
    });

    it('rejects permanently a name that Cloud Storage does not allow', async () => {
      const { store, requests } = await scripted();
      for (const key of ['x'.repeat(1020), '币'.repeat(340), 'a\nb', 'a\rb', 'half \ud83e']) {
        const { kind, code, message } = await failureOf(store.write(key, content, CREATE));
        assert.deepEqual({ kind, code }, { kind: 'permanent', code: 'conflict' }, key);
        assert.match(message, /a name is at most 1024 bytes/);
      }
      assert.deepEqual(requests, []);
    });

    it('accepts a name of 1024 bytes', async () => {
      const { store } = await scripted(metadata('1', 7));
      getOrThrow(await store.write('x'.repeat(1019), content, CREATE)());
    });
  });
});
