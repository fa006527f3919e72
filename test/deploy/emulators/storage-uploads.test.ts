import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { refusedWith, servedStorage, unpatterned } from '../../support/served-storage.js';

const BLOCK = 256 * 1024;

describe('the storage stand-in: resumable uploads', () => {
  const { bucket, url, client } = servedStorage();
  const content = unpatterned(2 * BLOCK + 100);

  const start = async (query = ''): Promise<string> => {
    const path = `/upload/storage/v1/b/${bucket().name}/o?uploadType=resumable&name=u${query}`;
    const headers = { 'x-upload-content-type': 'text/csv' };
    const response = await fetch(`${url()}${path}`, { method: 'POST', headers });
    assert.equal(response.status, 200);
    return response.headers.get('location') ?? '';
  };
  const put = (
    session: string,
    range: string,
    body: Uint8Array | string = '',
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(session, {
      method: 'PUT',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { ...headers, 'content-range': range },
    });
  const question = async (session: string): Promise<readonly [number, string | null]> => {
    const { status, headers } = await put(session, 'bytes */*');
    return [status, headers.get('range')];
  };
  const downloaded = async (): Promise<Buffer> => (await bucket().file('u').download())[0];

  it('report their progress, and become an object only at the end', async () => {
    const session = await start();
    assert.deepEqual(await question(session), [308, null]);
    const first = await put(session, `bytes 0-${BLOCK - 1}/*`, content.subarray(0, BLOCK));
    assert.deepEqual([first.status, first.headers.get('range')], [308, `bytes=0-${BLOCK - 1}`]);
    assert.deepEqual(await bucket().file('u').exists(), [false]);
    const range = `bytes ${BLOCK}-${content.length - 1}/${content.length}`;
    assert.equal((await put(session, range, content.subarray(BLOCK))).status, 200);
    assert.ok((await downloaded()).equals(content));
    assert.equal((await bucket().file('u').getMetadata())[0].contentType, 'text/csv');
  });

  it('keep only the whole blocks of a chunk', async () => {
    const session = await start();
    const odd = await put(session, `bytes 0-${BLOCK + 9}/*`, content.subarray(0, BLOCK + 10));
    assert.deepEqual([odd.status, odd.headers.get('range')], [308, `bytes=0-${BLOCK - 1}`]);
  });

  it('accept a repeated chunk, including the last one', async () => {
    const session = await start();
    const chunk = content.subarray(0, BLOCK);
    for (const _ of ['sent', 'sent again'])
      assert.equal((await put(session, `bytes 0-${BLOCK - 1}/*`, chunk)).status, 308);
    const range = `bytes ${BLOCK}-${content.length - 1}/${content.length}`;
    const answers = [
      await put(session, range, content.subarray(BLOCK)),
      await put(session, range, content.subarray(BLOCK)),
      await put(session, 'bytes */*'),
    ];
    const resources = await Promise.all(answers.map((response) => response.json()));
    const [first] = resources;
    assert.deepEqual(resources, [first, first, first]);
    assert.ok((await downloaded()).equals(content));
  });

  it('continue from within the persisted bytes', async () => {
    const session = await start();
    await put(session, `bytes 0-${BLOCK - 1}/*`, content.subarray(0, BLOCK));
    const range = `bytes 1000-*/${content.length}`;
    assert.equal((await put(session, range, content.subarray(1000))).status, 200);
    assert.ok((await downloaded()).equals(content));
  });

  it('survive an aborted request and keep the whole blocks that arrived', async () => {
    const session = new URL(await start());
    const socket = connect(Number(session.port), session.hostname);
    socket.write(
      `PUT ${session.pathname}${session.search} HTTP/1.1\r\nHost: ${session.host}\r\n` +
        // As the client streams: the object ends with the body, and this body never ends.
        `Content-Range: bytes 0-*/*\r\n` +
        `Content-Length: ${content.length}\r\n\r\n`,
    );
    socket.write(content.subarray(0, BLOCK + 5000));
    await new Promise<void>((resolve) => socket.end(resolve));
    socket.resume();
    // Polled: the server may not have handled the aborted request yet.
    let found = await question(session.href);
    for (let asked = 0; found[1] === null && asked < 1000; asked += 1)
      found = await question(session.href);
    assert.deepEqual(found, [308, `bytes=0-${BLOCK - 1}`]);
    const rest = content.subarray(BLOCK);
    const last = await put(session.href, `bytes ${BLOCK}-*/${content.length}`, rest);
    assert.equal(last.status, 200);
    assert.ok((await downloaded()).equals(content));
  });

  it('can be continued by another client that knows their URI', async () => {
    const file = bucket().file('u');
    const [uri] = await file.createResumableUpload();
    await put(uri, `bytes 0-${BLOCK - 1}/*`, content.subarray(0, BLOCK));
    const other = client().bucket(bucket().name).file('u');
    await other.save(content.subarray(BLOCK), { uri, offset: BLOCK, validation: false });
    assert.ok((await downloaded()).equals(content));
  });

  it('reject a gap, a wrong length, an invalid range, and bytes beyond the end', async () => {
    const session = await start();
    const chunk = content.subarray(0, 100);
    assert.equal((await put(session, 'bytes 100-199/200', chunk)).status, 503);
    assert.equal((await put(session, 'bytes 0-98/*', chunk)).status, 400);
    assert.equal((await put(session, 'pages 0-99/100', chunk)).status, 400);
    assert.equal((await put(session, 'bytes 0-99/50', chunk)).status, 400);
    assert.deepEqual(await question(session), [308, null]);
  });

  it('are rejected at the end if the checksum does not match', async () => {
    const hashes = ['md5=AAAAAAAAAAAAAAAAAAAAAA==', 'crc32c=AAAAAA=='];
    for (const hash of hashes) {
      const session = await start();
      const response = await put(session, 'bytes 0-4/5', 'hello', { 'x-goog-hash': hash });
      assert.equal(response.status, 400);
      assert.equal((await question(session))[0], 404);
    }
    assert.deepEqual(await bucket().file('u').exists(), [false]);
  });

  it('check their conditions again at the end', async () => {
    const session = await start('&ifGenerationMatch=0');
    await bucket().file('u').save('meanwhile', { resumable: false });
    assert.equal((await put(session, 'bytes 0-4/5', 'hello')).status, 412);
    assert.equal(String(await downloaded()), 'meanwhile');
  });

  it('return 412 at the start, which the client reports in status and in code', async () => {
    const file = bucket().file('u');
    await file.save('1', { resumable: false });
    const options = { resumable: true, preconditionOpts: { ifGenerationMatch: 0 } };
    const failure: { code?: unknown; status?: unknown } = await file
      .save('2', options)
      .catch((error) => error);
    assert.deepEqual([failure.status, failure.code], [412, 412]);
  });

  it('are deleted when they are cancelled', async () => {
    const session = await start();
    assert.equal((await fetch(session, { method: 'DELETE' })).status, 499);
    assert.equal((await question(session))[0], 404);
  });

  it('require a bucket', () =>
    assert.rejects(client().bucket('missing').file('u').createResumableUpload(), refusedWith(404)));
});

describe('the storage stand-in: 32 MB', () => {
  const { bucket } = servedStorage();

  it('are uploaded and downloaded intact, multipart and resumable', async () => {
    const content = unpatterned(32 * 1024 * 1024);
    for (const resumable of [false, true]) {
      const file = bucket().file(`large-${resumable}`);
      await file.save(content, { resumable });
      assert.ok((await file.download())[0].equals(content));
    }
  });
});
