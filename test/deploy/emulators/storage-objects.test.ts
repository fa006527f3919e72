import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refusedWith, servedStorage, unpatterned } from '../../support/served-storage.js';

const md5 = (content: string | Uint8Array): string =>
  createHash('md5').update(content).digest('base64');

describe('the storage stand-in, through the real client: buckets', () => {
  const { client, bucket } = servedStorage();

  it('are created, found, and listed', async () => {
    const versioning = { enabled: false };
    const options = { location: 'EU', storageClass: 'STANDARD', versioning };
    const [created] = await client().createBucket('in-europe', options);
    assert.deepEqual(await created.exists(), [true]);
    const [metadata] = await created.getMetadata();
    assert.equal(metadata.name, 'in-europe');
    assert.equal(metadata.location, 'EU');
    const [all] = await client().getBuckets({ prefix: 'in-' });
    assert.deepEqual(
      all.map(({ name }) => name),
      ['in-europe'],
    );
  });

  it('are created once', () =>
    assert.rejects(client().createBucket(bucket().name), refusedWith(409)));

  it('require a name that the service accepts', () =>
    assert.rejects(client().createBucket('No Such Name'), refusedWith(400, /No Such Name/)));

  it('do not exist before', async () => {
    const missing = client().bucket('missing');
    assert.deepEqual(await missing.exists(), [false]);
    await assert.rejects(missing.getFiles(), refusedWith(404));
    await assert.rejects(
      missing.file('a').save('a', { resumable: false }),
      refusedWith(404, /missing/),
    );
    await assert.rejects(missing.file('a').save('a', { resumable: true }), refusedWith(404));
  });

  it('are deleted only when they are empty', async () => {
    await bucket().file('a').save('a', { resumable: false });
    await bucket().file('b/c').save('c', { resumable: false });
    await assert.rejects(bucket().delete(), refusedWith(409, /not empty/));
    await bucket().deleteFiles({ force: true });
    assert.deepEqual((await bucket().getFiles())[0], []);
    await bucket().delete();
    assert.deepEqual(await bucket().exists(), [false]);
  });
});

describe('the storage stand-in, through the real client: objects', () => {
  const { bucket, url } = servedStorage();

  it('have the properties and settings that the service returns', async () => {
    const file = bucket().file('dir/a.txt');
    await file.save('hello', {
      resumable: false,
      contentType: 'text/plain',
      metadata: { cacheControl: 'no-store', metadata: { k: 'v' } },
    });
    const [metadata] = await file.getMetadata();
    assert.equal(metadata.contentType, 'text/plain');
    assert.equal(metadata.cacheControl, 'no-store');
    assert.deepEqual(metadata.metadata, { k: 'v' });
    assert.equal(Number(metadata.size), 5);
    assert.equal(metadata.md5Hash, md5('hello'));
    assert.equal(metadata.crc32c, 'mnG7TA==');
    assert.match(String(metadata.generation), /^\d{16}$/);
    assert.equal(metadata.metageneration, '1');
    for (const time of [metadata.timeCreated, metadata.updated])
      assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  const ways: readonly (readonly [string, object])[] = [
    ['in one multipart request', { resumable: false }],
    ['resumably, in one stream', { resumable: true }],
    ['resumably, in chunks', { resumable: true, chunkSize: 256 * 1024 }],
  ];
  for (const [name, options] of ways)
    it(`are written ${name}, bytes and metadata`, async () => {
      const content = unpatterned(4 * 256 * 1024 + 777);
      const file = bucket().file('dir/r.bin');
      const contentType = 'application/vnd.test';
      await file.save(content, { ...options, contentType, metadata: { metadata: { k: 'r' } } });
      assert.ok((await file.download())[0].equals(content));
      const [metadata] = await file.getMetadata();
      assert.deepEqual(metadata.metadata, { k: 'r' });
      assert.equal(metadata.contentType, contentType);
      assert.equal(metadata.md5Hash, md5(content));
    });

  it('are streamed in and out', async () => {
    const content = unpatterned(1_000_000);
    const file = bucket().file('dir/s.bin');
    const halves = [content.subarray(0, 500_000), content.subarray(500_000)];
    await pipeline(Readable.from(halves), file.createWriteStream({ resumable: false }));
    const received: Buffer[] = [];
    for await (const chunk of file.createReadStream()) received.push(chunk);
    assert.ok(Buffer.concat(received).equals(content));
  });

  it('may be empty', async () => {
    for (const resumable of [false, true]) {
      const file = bucket().file(`empty-${resumable}`);
      await file.save('', { resumable });
      assert.equal((await file.download())[0].length, 0);
    }
  });

  it('may contain the boundary of a multipart upload', async () => {
    const content = '\r\n--boundary--\r\n\r\n--\r\n';
    await bucket().file('dashes').save(content, { resumable: false });
    assert.equal(String((await bucket().file('dashes').download())[0]), content);
  });

  it('are read in part', async () => {
    const file = bucket().file('a.txt');
    await file.save('hello', { resumable: false });
    const parts: readonly (readonly [{ start?: number; end?: number }, string])[] = [
      [{ start: 1, end: 3 }, 'ell'],
      [{ start: 3 }, 'lo'],
      [{ start: 4, end: 99 }, 'o'],
      [{ end: -2 }, 'lo'],
    ];
    for (const [range, expected] of parts)
      assert.equal(String((await file.download(range))[0]), expected);
    await assert.rejects(file.download({ start: 5 }), refusedWith(416));
    const media = `${url()}/storage/v1/b/${bucket().name}/o/a.txt?alt=media`;
    const { status, headers } = await fetch(media, { headers: { range: 'bytes=4-99' } });
    assert.deepEqual([status, headers.get('content-range')], [206, 'bytes 4-4/5']);
  });

  it('are verified by either checksum on download', async () => {
    const file = bucket().file('a.txt');
    await file.save('hello', { resumable: false });
    for (const validation of ['crc32c', 'md5'] as const)
      assert.equal(String((await file.download({ validation }))[0]), 'hello');
  });

  it('stored with gzip encoding are decompressed on download', async () => {
    const text = 'zzz'.repeat(100);
    const file = bucket().file('gz.txt');
    await file.save(text, { gzip: true, resumable: false, contentType: 'text/plain' });
    assert.equal(String((await file.download())[0]), text);
    assert.ok(Number((await file.getMetadata())[0].size) < text.length);
  });

  it('have names of any characters', async () => {
    const name = 'ü n/ö+&?#%2F币.txt';
    for (const resumable of [false, true]) {
      await bucket().file(name).save(`u${resumable}`, { resumable });
      assert.equal(String((await bucket().file(name).download())[0]), `u${resumable}`);
    }
    const [found] = await bucket().getFiles({ prefix: 'ü' });
    assert.deepEqual(
      found.map((file) => file.name),
      [name],
    );
  });

  it('that are missing return 404 for every operation', async () => {
    const file = bucket().file('missing');
    assert.deepEqual(await file.exists(), [false]);
    await assert.rejects(file.download(), refusedWith(404));
    await assert.rejects(file.getMetadata(), refusedWith(404, /missing/));
    await assert.rejects(file.setMetadata({ contentType: 'a/b' }), refusedWith(404));
    await assert.rejects(file.copy('elsewhere'), refusedWith(404));
    await assert.rejects(bucket().combine(['missing'], 'elsewhere'), refusedWith(404));
  });

  it('are deleted once, unless ignoreNotFound is set', async () => {
    const file = bucket().file('a');
    await file.save('a', { resumable: false });
    await file.delete();
    assert.deepEqual(await file.exists(), [false]);
    await assert.rejects(file.delete(), refusedWith(404));
    await file.delete({ ignoreNotFound: true });
  });

  it('are rejected and not stored if their checksum does not match', async () => {
    const file = bucket().file('corrupted');
    const wrong = [{ crc32c: 'AAAAAA==' }, { md5Hash: 'AAAAAAAAAAAAAAAAAAAAAA==' }];
    for (const metadata of wrong)
      for (const resumable of [false, true])
        await assert.rejects(
          file.save('data', { resumable, validation: false, metadata }),
          refusedWith(400, /Provided/),
          `${JSON.stringify(metadata)}, resumable: ${resumable}`,
        );
    assert.deepEqual(await file.exists(), [false]);
  });
});
