import assert from 'node:assert/strict';
import type { File } from '@google-cloud/storage';
import { refusedWith, servedStorage } from '../../support/served-storage.js';

const versions = async (file: File): Promise<readonly [generation: bigint, meta: number]> => {
  const [{ generation, metageneration }] = await file.getMetadata();
  return [BigInt(generation ?? 0), Number(metageneration)];
};
const content = async (file: File): Promise<string> => String((await file.download())[0]);

describe('the storage stand-in: generations', () => {
  const { bucket, url } = servedStorage();

  it('grow with each new content, which resets the metageneration', async () => {
    const file = bucket().file('g');
    await file.save('1', { resumable: false });
    await file.setMetadata({ metadata: { k: 'v' } });
    const [before, metageneration] = await versions(file);
    assert.equal(metageneration, 2);
    await file.save('2', { resumable: false });
    const [after, reset] = await versions(file);
    assert.ok(after > before, `${before} ${after}`);
    assert.equal(reset, 1);
  });

  it('are never reused, even after a deletion', async () => {
    const file = bucket().file('g');
    await file.save('1', { resumable: false });
    const [before] = await versions(file);
    await file.delete();
    await file.save('1', { resumable: false });
    assert.ok((await versions(file))[0] > before);
  });

  it('stay the same while a change of settings increases the metageneration', async () => {
    const file = bucket().file('g');
    const metadata = { contentType: 'text/plain', metadata: { k: 'v', gone: 'x' } };
    await file.save('1', { resumable: false, metadata });
    const [before] = await versions(file);
    await file.setMetadata({ metadata: { k2: 'v2', gone: null } });
    const [found] = await file.getMetadata();
    assert.deepEqual(found.metadata, { k: 'v', k2: 'v2' });
    assert.equal(found.contentType, 'text/plain');
    assert.deepEqual(await versions(file), [before, 2]);
    await fetch(`${url()}/storage/v1/b/${bucket().name}/o/g`, {
      method: 'PATCH',
      body: JSON.stringify({ metadata: null, contentType: null }),
    });
    const [emptied] = await file.getMetadata();
    assert.deepEqual([emptied.metadata, emptied.contentType], [undefined, undefined]);
  });

  it('select the live version for reads, and no other', async () => {
    const file = bucket().file('g');
    await file.save('1', { resumable: false });
    const [old] = await versions(file);
    await file.save('2', { resumable: false });
    const [present] = await versions(file);
    const of = (generation: bigint): File => bucket().file('g', { generation: Number(generation) });
    assert.equal(await content(of(present)), '2');
    await assert.rejects(of(old).download(), refusedWith(404));
    await assert.rejects(of(old).getMetadata(), refusedWith(404));
    await assert.rejects(of(old).copy('copy'), refusedWith(404));
  });
});

for (const resumable of [false, true])
  describe(`the storage stand-in: conditions on ${resumable ? 'resumable' : 'multipart'} writes`, () => {
    const { bucket } = servedStorage();
    const save = (name: string, text: string, preconditionOpts: object): Promise<void> =>
      bucket().file(name).save(text, { resumable, preconditionOpts });

    it('ifGenerationMatch 0 creates and never replaces', async () => {
      await save('new', '1', { ifGenerationMatch: 0 });
      await assert.rejects(save('new', '2', { ifGenerationMatch: 0 }), refusedWith(412));
      assert.equal(await content(bucket().file('new')), '1');
    });

    it('ifGenerationMatch replaces the given generation and no later one', async () => {
      await save('g', '1', {});
      const [seen] = await versions(bucket().file('g'));
      const ifGenerationMatch = String(seen);
      await save('g', '2', { ifGenerationMatch });
      await assert.rejects(save('g', '3', { ifGenerationMatch }), refusedWith(412));
      assert.equal(await content(bucket().file('g')), '2');
    });

    it('one of ten concurrent creations succeeds', async () => {
      const racers = Array.from({ length: 10 }, (_, index) => `racer ${index}`);
      const results = await Promise.allSettled(
        racers.map((text) => save('race', text, { ifGenerationMatch: 0 })),
      );
      const winners = racers.filter((_, index) => results[index]?.status === 'fulfilled');
      assert.deepEqual(winners, [await content(bucket().file('race'))]);
      for (const result of results)
        if (result.status === 'rejected') assert.ok(refusedWith(412)(result.reason));
    });

    it('all four conditions are checked', async () => {
      await save('g', '1', {});
      const [generation, metageneration] = await versions(bucket().file('g'));
      const refused = [
        { ifGenerationMatch: 1 },
        { ifGenerationNotMatch: String(generation) },
        { ifMetagenerationMatch: metageneration + 1 },
        { ifMetagenerationNotMatch: metageneration },
      ];
      for (const condition of refused)
        await assert.rejects(
          save('g', '2', condition),
          refusedWith(412),
          JSON.stringify(condition),
        );
      await assert.rejects(save('new', '1', { ifMetagenerationMatch: 1 }), refusedWith(412));
      await assert.rejects(save('new', '1', { ifGenerationNotMatch: 0 }), refusedWith(412));
      await save('g', '2', { ifGenerationNotMatch: 1, ifMetagenerationMatch: 1 });
      await save('g', '3', { ifGenerationNotMatch: 0, ifMetagenerationNotMatch: 7 });
      assert.equal(await content(bucket().file('g')), '3');
    });
  });

describe('the storage stand-in: conditions on everything else', () => {
  const { bucket, url } = servedStorage();
  let file: File;
  let generation: string;
  beforeEach(async () => {
    file = bucket().file('a');
    await file.save('hello', { resumable: false });
    generation = String((await versions(file))[0]);
  });

  it('a change of settings', async () => {
    const settings = { metadata: { k: 'v' } };
    const stale = { ifMetagenerationMatch: 999 };
    await assert.rejects(file.setMetadata(settings, stale), refusedWith(412));
    await assert.rejects(file.setMetadata(settings, { ifGenerationMatch: 1 }), refusedWith(412));
    assert.deepEqual(await versions(file), [BigInt(generation), 1]);
    await file.setMetadata(settings, { ifMetagenerationMatch: 1, ifGenerationMatch: generation });
    assert.deepEqual(await versions(file), [BigInt(generation), 2]);
  });

  it('a deletion', async () => {
    await assert.rejects(file.delete({ ifGenerationMatch: 1 }), refusedWith(412));
    await assert.rejects(file.delete({ ifMetagenerationNotMatch: 1 }), refusedWith(412));
    await file.delete({ ifGenerationMatch: generation });
    assert.deepEqual(await file.exists(), [false]);
  });

  it('a copy, for its target and for its source', async () => {
    const preconditionOpts = { ifGenerationMatch: 0 };
    const target = bucket().file('copy');
    await file.copy(target, { preconditionOpts });
    await assert.rejects(file.copy(target, { preconditionOpts }), refusedWith(412));
    const rewrite = (query: string): Promise<Response> => {
      const path = `/storage/v1/b/${bucket().name}/o/a/rewriteTo/b/${bucket().name}/o/copy`;
      return fetch(`${url()}${path}?${query}`, { method: 'POST' });
    };
    assert.equal((await rewrite('ifSourceGenerationMatch=1')).status, 412);
    assert.equal((await rewrite(`ifSourceGenerationNotMatch=${generation}`)).status, 412);
    assert.equal((await rewrite('ifSourceMetagenerationMatch=1')).status, 200);
  });

  it('a composition, for its target and for its sources', async () => {
    const target = { ifGenerationMatch: 1 };
    await assert.rejects(bucket().combine(['a'], 'c', target), refusedWith(412));
    const stale = bucket().file('a', { generation: 1 });
    await assert.rejects(bucket().combine([stale], 'c'), refusedWith(404));
    await bucket().combine(['a'], 'c', { ifGenerationMatch: 0 });
  });

  it('a read: 412 for another version, 304 for a known one', async () => {
    const read = async (query: string): Promise<number> =>
      (await fetch(`${url()}/storage/v1/b/${bucket().name}/o/a?${query}`)).status;
    for (const media of ['', '&alt=media']) {
      assert.equal(await read(`ifGenerationMatch=${generation}${media}`), 200);
      assert.equal(await read(`ifGenerationMatch=1${media}`), 412);
      assert.equal(await read(`ifMetagenerationMatch=2${media}`), 412);
      assert.equal(await read(`ifGenerationNotMatch=${generation}${media}`), 304);
      assert.equal(await read(`ifMetagenerationNotMatch=1${media}`), 304);
      assert.equal(await read(`ifMetagenerationNotMatch=2${media}`), 200);
    }
    assert.equal(await read('ifGenerationMatch=soon'), 400);
  });

  it('a bucket', async () => {
    const path = `${url()}/storage/v1/b/${bucket().name}`;
    assert.equal((await fetch(`${path}?ifMetagenerationMatch=2`)).status, 412);
    assert.equal((await fetch(`${path}?ifMetagenerationNotMatch=1`)).status, 304);
    await file.delete();
    const method = 'DELETE';
    assert.equal((await fetch(`${path}?ifMetagenerationMatch=2`, { method })).status, 412);
    assert.equal((await fetch(`${path}?ifMetagenerationMatch=1`, { method })).status, 204);
  });
});
