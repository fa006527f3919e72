import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import {
  type FakeStorageServer,
  fakeStorageServer,
} from '../../../deploy/emulators/storage/fake-server.js';
import {
  refusedWith,
  servedStorage,
  storageClient,
  storageClientOfEnvironment,
} from '../../support/served-storage.js';

// A kept-alive connection is reset; a new connection is refused.
const unreachable = /ECONNRE(FUSED|SET)|socket hang up/;

describe('the storage stand-in: an outage', () => {
  let standIn: FakeStorageServer;
  let url: string;
  beforeEach(async () => {
    standIn = fakeStorageServer();
    url = await standIn.listen();
    await storageClient(url).createBucket('bucket');
  });
  afterEach(() => standIn.close());

  it('ends with the same objects at the same address', async () => {
    const file = storageClient(url).bucket('bucket').file('a');
    await file.save('before', { resumable: false });
    const [before] = await file.getMetadata();
    await standIn.close();
    await assert.rejects(file.download(), unreachable);
    await assert.rejects(file.save('during', { resumable: false }), unreachable);
    assert.equal(await standIn.listen(Number(new URL(url).port)), url);
    assert.equal(String((await file.download())[0]), 'before');
    assert.deepEqual((await file.getMetadata())[0], before);
    const { generation = 0 } = before;
    await file.save('after', {
      resumable: false,
      preconditionOpts: { ifGenerationMatch: generation },
    });
  });

  it('does not end a resumable upload', async () => {
    const file = storageClient(url).bucket('bucket').file('a');
    const [uri] = await file.createResumableUpload();
    await standIn.close();
    // Not with the client: it leaves a second rejection unhandled, which ends a process on Node 24.
    await assert.rejects(fetch(uri, { method: 'PUT', body: 'hello' }), { message: 'fetch failed' });
    await standIn.listen(Number(new URL(url).port));
    // The client may still hold a connection that the outage cut, and would give up on it.
    const resumed = await fetch(uri, { method: 'PUT', body: 'hello' });
    assert.equal(resumed.status, 200);
    const stored = await fetch(`${url}/storage/v1/b/bucket/o/a?alt=media`);
    assert.equal(await stored.text(), 'hello');
  });

  it('cuts open connections', async () => {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    const cut = new Promise((resolve) => socket.on('error', resolve).on('close', resolve));
    await new Promise((resolve) => socket.on('connect', resolve));
    socket.write('POST /upload/storage/v1/b/bucket/o?uploadType=media&name=a HTTP/1.1\r\n');
    socket.write('Host: x\r\nContent-Length: 1000\r\n\r\nhalf of it');
    // The response shows that the server has accepted the earlier connection.
    await storageClient(url).bucket('bucket').exists();
    await standIn.close();
    await cut;
    await standIn.listen(Number(new URL(url).port));
    assert.deepEqual(await storageClient(url).bucket('bucket').file('a').exists(), [false]);
  });

  it('may be started twice, but ended only once', async () => {
    await assert.rejects(standIn.listen(), /listening already/);
    const other = fakeStorageServer();
    await assert.rejects(other.listen(Number(new URL(url).port)), /cannot listen on port/);
    await other.close();
    await standIn.close();
    await standIn.close();
  });
});

describe('the storage stand-in: its environment', () => {
  const { url, bucket } = servedStorage();

  it('is found by a program through STORAGE_EMULATOR_HOST alone', async () => {
    const name = bucket().name;
    for (const resumable of [false, true]) {
      const file = storageClientOfEnvironment(url()).bucket(name).file('dir/b');
      await file.save('from the environment', { resumable });
      assert.equal(String((await bucket().file('dir/b').download())[0]), 'from the environment');
    }
  });

  it('is not reachable from other machines', async function () {
    const outward = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (outward === undefined) return this.skip();
    const socket = connect(Number(new URL(url()).port), outward.address);
    const reached = await new Promise((resolve) =>
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false)),
    );
    socket.destroy();
    assert.equal(reached, false);
  });

  it('derives generations from the given clock, and never decreases them', async () => {
    const times = ['2026-03-14T00:30:00.000Z', '2026-03-14T00:30:00.000Z', '2025-01-01T00:00:00Z'];
    let reads = 0;
    const standIn = fakeStorageServer({ now: () => new Date(times[reads++] ?? times[0] ?? '') });
    try {
      const client = storageClient(await standIn.listen());
      const [made] = await client.createBucket('bucket');
      const file = made.file('a');
      const microseconds = Date.parse('2026-03-14T00:30:00.000Z') * 1000;
      for (const [later, timeCreated] of [
        [1, '2026-03-14T00:30:00.000Z'],
        [2, '2025-01-01T00:00:00.000Z'],
      ] as const) {
        await file.save('x', { resumable: false });
        const [metadata] = await file.getMetadata();
        assert.equal(Number(metadata.generation), microseconds + later);
        assert.equal(metadata.timeCreated, timeCreated);
      }
    } finally {
      await standIn.close();
    }
  });
});

describe('the storage stand-in: unsupported operations', () => {
  const { url, bucket, client } = servedStorage();
  beforeEach(() => bucket().file('a').save('a', { resumable: false }));

  it('return 501 with a message in Google’s error format', async () => {
    const response = await fetch(`${url()}/storage/v1/b/${bucket().name}/iam`);
    const message = `GET /storage/v1/b/${bucket().name}/iam is not implemented by this storage stand-in.`;
    assert.equal(response.status, 501);
    assert.deepEqual(await response.json(), {
      error: {
        code: 501,
        message,
        errors: [{ message, domain: 'global', reason: 'notImplemented' }],
      },
    });
  });

  const save = (options: object): Promise<unknown> =>
    bucket()
      .file('b')
      .save('b', { resumable: false, ...options });
  const cases: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    ['older versions', () => bucket().getFiles({ versions: true }), /parameter versions/],
    ['patterns of names', () => bucket().getFiles({ matchGlob: '*' }), /parameter matchGlob/],
    ['access control', () => save({ predefinedAcl: 'private' }), /parameter predefinedAcl/],
    ['holds', () => save({ metadata: { temporaryHold: true } }), /temporaryHold/],
    ['classes', () => save({ metadata: { storageClass: 'NEARLINE' } }), /class NEARLINE/],
    [
      'customers’ keys',
      () =>
        bucket()
          .file('b', { encryptionKey: Buffer.alloc(32) })
          .save('b', { resumable: false }),
      /header x-goog-encryption/,
    ],
    [
      'versioned buckets',
      () => client().createBucket('versioned', { versioning: { enabled: true } }),
      /Versioning/,
    ],
    [
      'retention',
      () => client().createBucket('kept', { retentionPolicy: { retentionPeriod: 1 } }),
      /retentionPolicy/,
    ],
    ['settings of buckets', () => bucket().setLabels({ a: 'b' }), /PATCH/],
    ['atomic moves', () => bucket().file('a').moveFileAtomic('b'), /moveTo/],
  ];
  for (const [what, attempt, sentence] of cases)
    it(`reject ${what}, and store nothing`, async () => {
      const whole = new RegExp(`${sentence.source}[^]* not implemented`);
      await assert.rejects(attempt, refusedWith(501, whole));
      const [files] = await bucket().getFiles();
      assert.deepEqual(
        files.map(({ name }) => name),
        ['a'],
      );
    });

  it('does not treat a malformed body as an empty one', async () => {
    const bodies = ['{"metadata": 7}', '{', '[]'];
    for (const body of bodies) {
      const init = { method: 'PATCH', body };
      const response = await fetch(`${url()}/storage/v1/b/${bucket().name}/o/a`, init);
      assert.equal(response.status, 400, body);
    }
  });
});
