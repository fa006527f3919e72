import assert from 'node:assert/strict';
import type { File } from '@google-cloud/storage';
import { servedStorage } from '../../support/served-storage.js';

describe('the storage stand-in, through the real client: copies', () => {
  const { bucket, client } = servedStorage();
  const content = async (file: File): Promise<string> => String((await file.download())[0]);
  beforeEach(async () => {
    const settings = { contentType: 'text/plain', metadata: { metadata: { k: 'v' } } };
    await bucket()
      .file('a')
      .save('hello', { ...settings, resumable: false });
    await bucket().file('b').save(' world', { resumable: false });
  });

  it('keep bytes and settings', async () => {
    const copy = bucket().file('dir/copy ü');
    await bucket().file('a').copy(copy);
    assert.equal(await content(copy), 'hello');
    const [metadata] = await copy.getMetadata();
    assert.deepEqual(metadata.metadata, { k: 'v' });
    assert.equal(metadata.contentType, 'text/plain');
    assert.equal(metadata.metageneration, '1');
  });

  it('replace all settings with new ones', async () => {
    const copy = bucket().file('copy');
    await bucket()
      .file('a')
      .copy(copy, { metadata: { n: '1' }, contentType: 'text/x' });
    const [metadata] = await copy.getMetadata();
    assert.deepEqual(metadata.metadata, { n: '1' });
    assert.equal(metadata.contentType, 'text/x');
  });

  it('go to other buckets', async () => {
    const [other] = await client().createBucket('other-bucket');
    await bucket().file('a').copy(other.file('copy'));
    assert.equal(await content(other.file('copy')), 'hello');
  });

  it('do not change with their source', async () => {
    await bucket().file('a').copy(bucket().file('copy'));
    await bucket().file('a').save('other', { resumable: false });
    assert.equal(await content(bucket().file('copy')), 'hello');
  });

  it('replace the original when it is moved', async () => {
    await bucket().file('a').move('moved');
    assert.equal(await content(bucket().file('moved')), 'hello');
    assert.deepEqual(await bucket().file('a').exists(), [false]);
  });

  it('are composed into one object without an MD5', async () => {
    const [composed] = await bucket().combine(['a', 'b', 'a'], 'c');
    assert.equal(await content(composed), 'hello worldhello');
    const [metadata] = await composed.getMetadata();
    assert.equal(metadata.componentCount, 3);
    assert.equal(metadata.md5Hash, undefined);
  });
});
