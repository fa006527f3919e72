import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contentRange } from '../../../deploy/emulators/storage/http/content-range.js';
import { twoParts } from '../../../deploy/emulators/storage/http/multipart.js';
import { crc32c } from '../../../deploy/emulators/storage/model/crc32c.js';
import { generationNumbers } from '../../../deploy/emulators/storage/model/generations.js';
import { storageModel } from '../../../deploy/emulators/storage/model/storage.js';

describe('crc32c', () => {
  // RFC 3720, appendix B.4, and the check value of the catalogue of CRCs.
  const known: readonly (readonly [string, Uint8Array, number])[] = [
    ['nothing', Buffer.alloc(0), 0],
    ['32 bytes of zeros', Buffer.alloc(32), 0x8a9136aa],
    ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['32 bytes that rise', Uint8Array.from({ length: 32 }, (_, at) => at), 0x46dd794e],
    ['123456789', Buffer.from('123456789'), 0xe3069283],
  ];
  for (const [name, bytes, expected] of known)
    it(`is correct for ${name}`, () => {
      assert.equal(Buffer.from(crc32c(bytes), 'base64').readUInt32BE(), expected);
    });
});

describe('generationNumbers', () => {
  it('only grow, even if the clock goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (times) => {
        let reads = 0;
        const stamp = generationNumbers(() => new Date(times[reads++] ?? 0));
        const found = times.map(() => stamp());
        for (const [index, { generation, time }] of found.entries()) {
          assert.ok(generation > (found[index - 1]?.generation ?? 0));
          assert.ok(generation >= time.getTime() * 1000);
        }
      }),
    );
  });
});

describe('the content range of an upload', () => {
  const cases: readonly (readonly [string | undefined, object])[] = [
    [undefined, { kind: 'bytes', start: 0, end: undefined, total: 'where the body ends' }],
    ['bytes */*', { kind: 'question' }],
    ['bytes */10', { kind: 'question' }],
    ['bytes 0-*/*', { kind: 'bytes', start: 0, end: undefined, total: 'where the body ends' }],
    ['bytes 5-*/10', { kind: 'bytes', start: 5, end: undefined, total: 10 }],
    ['bytes 0-4/*', { kind: 'bytes', start: 0, end: 5, total: 'unknown' }],
    ['bytes 5-9/10', { kind: 'bytes', start: 5, end: 10, total: 10 }],
  ];
  for (const [header, expected] of cases)
    it(`parses ${header ?? 'none'}`, () => {
      assert.deepEqual(contentRange(header), expected);
    });
  for (const header of ['', 'bytes', 'bytes 0-/5', 'bytes -5/5', 'bytes=0-4/5', 'bytes 0-4'])
    it(`rejects "${header}"`, () => {
      assert.throws(() => contentRange(header), { status: 400, message: /Content-Range/ });
    });
});

describe('the parts of a multipart upload', () => {
  const type = 'multipart/related; boundary="b c"';
  const body = (content: string): Buffer =>
    Buffer.from(
      `--b c\r\nContent-Type: application/json\r\n\r\n{}\r\n--b c\r\ncontent-type:  text/x \r\n\r\n${content}\r\n--b c--`,
    );

  it('are its metadata and its bytes, for arbitrary bytes', () => {
    for (const content of ['', 'hello', '\r\n', '--b c', '\r\n\r\n--\r\n']) {
      const [metadata, media] = twoParts(type, body(content));
      assert.equal(String(metadata.content), '{}');
      assert.equal(media.contentType, 'text/x');
      assert.equal(String(media.content), content);
    }
  });

  it('are rejected if one is missing', () => {
    const whole = body('hello');
    assert.throws(() => twoParts('text/plain', whole), /boundary/);
    assert.throws(() => twoParts(type, whole.subarray(0, -4)), /two parts/);
    assert.throws(() => twoParts(type, Buffer.alloc(0)), /two parts/);
  });
});

describe('the storage model', () => {
  const place = { bucket: 'bucket', name: 'a' };
  const content = { bytes: Buffer.from('hello'), settings: {} };

  it('returns bytes that no later write changes', () => {
    const { buckets, objects } = storageModel(() => new Date(0));
    buckets.create('bucket');
    objects.write(place, content, {});
    const read = objects.read(place, {});
    objects.write(place, { ...content, bytes: Buffer.from('other') }, {});
    objects.remove(place, {});
    assert.equal(Buffer.from(read.bytes).toString(), 'hello');
  });

  it('rejects names that the service rejects', () => {
    const { buckets, objects } = storageModel(() => new Date(0));
    buckets.create('bucket');
    for (const name of ['', 'a\nb', 'é'.repeat(513)])
      assert.throws(() => objects.write({ ...place, name }, content, {}), {
        status: 400,
        message: /object name/,
      });
    objects.write({ ...place, name: 'é'.repeat(512) }, content, {});
  });

  it('composes 1 to 32 objects', () => {
    const { buckets, objects } = storageModel(() => new Date(0));
    buckets.create('bucket');
    objects.write(place, content, {});
    const compose = (count: number): number => {
      const sources = Array.from({ length: count }, () => ({ name: 'a', at: {} }));
      return objects.compose(sources, { ...place, name: 'c' }, {}, {}).size;
    };
    assert.equal(compose(32), 32 * 5);
    for (const count of [0, 33]) assert.throws(() => compose(count), { status: 400 });
  });
});
