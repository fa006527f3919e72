import assert from 'node:assert/strict';
import type { File, GetFilesOptions } from '@google-cloud/storage';
import fc from 'fast-check';
import { page } from '../../../deploy/emulators/storage/model/listing.js';
import { servedStorage } from '../../support/served-storage.js';

const everything = {
  prefix: '',
  delimiter: '',
  startOffset: '',
  endOffset: undefined,
  maxResults: 1000,
  pageToken: undefined,
};

describe('the storage stand-in: listing, through the real client', () => {
  const { bucket } = servedStorage();
  const names = ['a', 'dir/1', 'dir/2', 'dir/3/x', 'dir/3/y', 'dir/4', 'p/new', 'z'];
  beforeEach(() =>
    Promise.all(
      [...names].reverse().map((name) => bucket().file(name).save(name, { resumable: false })),
    ),
  );
  const listed = async (query: GetFilesOptions): Promise<readonly string[]> =>
    (await bucket().getFiles(query))[0].map(({ name }: File) => name);

  it('is ordered and contains the properties of each object', async () => {
    assert.deepEqual(await listed({}), names);
    const [[first]] = await bucket().getFiles({ prefix: 'dir/' });
    assert.equal(first?.metadata.size, '5');
    assert.match(String(first?.metadata.generation), /^\d{16}$/);
  });

  it('accepts a prefix and two offsets', async () => {
    assert.deepEqual(await listed({ prefix: 'dir/3' }), ['dir/3/x', 'dir/3/y']);
    assert.deepEqual(await listed({ prefix: 'dir/', startOffset: 'dir/3/y' }), [
      'dir/3/y',
      'dir/4',
    ]);
    assert.deepEqual(await listed({ startOffset: 'dir/4', endOffset: 'z' }), ['dir/4', 'p/new']);
    assert.deepEqual(await listed({ prefix: 'nothing' }), []);
  });

  it('groups names by the delimiter', async () => {
    const query = { delimiter: '/', autoPaginate: false };
    const [files, , response] = await bucket().getFiles(query);
    assert.deepEqual(
      files.map(({ name }) => name),
      ['a', 'z'],
    );
    const { prefixes }: { prefixes?: unknown } = Object(response);
    assert.deepEqual(prefixes, ['dir/', 'p/']);
  });

  it('is paged, and contains each name once', async () => {
    const pages: (readonly string[])[] = [];
    let query: object | null = { prefix: 'dir/', maxResults: 2, autoPaginate: false };
    while (query !== null && pages.length < 10) {
      const [files, next]: [File[], object | null, ...unknown[]] = await bucket().getFiles(query);
      pages.push(files.map(({ name }) => name));
      query = next ?? null;
    }
    assert.deepEqual(pages, [['dir/1', 'dir/2'], ['dir/3/x', 'dir/3/y'], ['dir/4']]);
  });
});

describe('the storage stand-in: a page of names', () => {
  it('is ordered by UTF-8 bytes, not as in JavaScript', () => {
    // U+FF5E is below U+1F600 in UTF-8, and above its surrogates in UTF-16.
    const names = ['\u{1f600}', '～', 'é', 'e', 'Z'];
    assert.deepEqual(page(names, everything).names, ['Z', 'e', 'é', '～', '\u{1f600}']);
  });

  it('has a token only if more entries follow', () => {
    assert.equal(page(['a', 'b'], { ...everything, maxResults: 2 }).nextPageToken, undefined);
    assert.equal(page([], everything).nextPageToken, undefined);
    assert.notEqual(page(['a', 'b'], { ...everything, maxResults: 1 }).nextPageToken, undefined);
  });

  it('rejects a token that it did not issue', () => {
    assert.throws(() => page(['a'], { ...everything, pageToken: '!' }), /page token/);
  });

  it('gives, together with the following pages, the same list as one large page', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'b', '/', 'é', '\u{1f600}'),
      minLength: 1,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 30 }),
        fc.constantFrom('', '/'),
        fc.constantFrom('', 'a', 'a/'),
        fc.integer({ min: 1, max: 5 }),
        (names, delimiter, prefix, maxResults) => {
          const query = { ...everything, delimiter, prefix };
          const whole = page(names, query);
          const found: string[] = [];
          const prefixes: string[] = [];
          let pageToken: string | undefined;
          do {
            const part = page(names, { ...query, maxResults, pageToken });
            const { length } = [...part.names, ...part.prefixes];
            assert.ok(length <= maxResults && found.length + prefixes.length <= names.length);
            found.push(...part.names);
            prefixes.push(...part.prefixes);
            pageToken = part.nextPageToken;
          } while (pageToken !== undefined);
          assert.deepEqual(found, whole.names);
          assert.deepEqual(prefixes, whole.prefixes);
          const below = (each: string): boolean => prefixes.some((start) => each.startsWith(start));
          for (const each of names.filter((one) => one.startsWith(prefix)))
            assert.notEqual(found.includes(each), below(each), each);
        },
      ),
    );
  });
});
