import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type LoadOptions,
  loadLivePool,
  readFirestoreDocument,
  textFile,
} from '../../../shared/client/index.js';
import { dated, POOL, STATIC, SYMBOLS } from '../../golden/client/table/base.js';
import { temporaryFolder } from '../../support/cli.js';

const NOW = new Date('2026-03-14T12:00:00Z');
const stale = dated('2026-01-27');

const load = (payload: unknown, own: Partial<LoadOptions> = {}) =>
  loadLivePool({ readDocument: async () => payload, staticUniverse: STATIC, now: NOW, ...own });

describe('loadLivePool', () => {
  const folder = temporaryFolder();
  const at = (...names: string[]): string => join(folder(), ...names);
  const write = (name: string, payload: unknown): string => {
    writeFileSync(at(name), JSON.stringify(payload));
    return at(name);
  };

  it('uses the document if it is fresh, and stores it', async () => {
    const lastKnownGood = textFile(at('state', 'known.json'));
    const loaded = await load(POOL, { lastKnownGood });
    assert.deepEqual(
      [loaded.source, loaded.degraded, loaded.age_days, loaded.symbols, loaded.last_known_good],
      ['fresh_upstream', false, 1, SYMBOLS, 'stored'],
    );
    assert.deepEqual(JSON.parse(readFileSync(at('state', 'known.json'), 'utf8')), POOL);
    assert.deepEqual(readdirSync(at('state')), ['known.json'], 'nothing is left beside it');
    assert.equal((await load(POOL, { lastKnownGood })).last_known_good, 'unchanged');
  });

  it('uses the stored pool during an outage of any length', async () => {
    const lastKnownGood = textFile(at('outage.json'));
    await load(POOL, { lastKnownGood });
    const before = readFileSync(at('outage.json'), 'utf8');
    const loaded = await loadLivePool({
      readDocument: () => Promise.reject(new Error('14 UNAVAILABLE')),
      staticUniverse: STATIC,
      lastKnownGood,
      now: new Date('2026-12-24T00:00:00Z'),
    });
    assert.deepEqual(
      [loaded.source, loaded.degraded, loaded.age_days, loaded.symbols],
      ['last_known_good', true, 286, SYMBOLS],
    );
    assert.deepEqual(loaded.refusals, [
      { candidate: 'firestore', rule: 'available', expected: 'a document', got: '14 UNAVAILABLE' },
    ]);
    assert.equal(readFileSync(at('outage.json'), 'utf8'), before);
  });

  for (const [what, payload] of [
    ['stale', stale],
    ['of another mode', { ...POOL, mode: 'broad_liquid' }],
    ['from before', dated('2026-03-01')],
    ['absent', undefined],
  ] as const)
    it(`never overwrites the stored pool with a document that is ${what}`, async () => {
      const path = write('kept.json', POOL);
      const { last_known_good } = await load(payload, { lastKnownGood: textFile(path) });
      assert.ok(['kept', 'not_fresh'].includes(last_known_good));
      assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), POOL);
    });

  it('reads local files only where they are configured, in their order', async () => {
    const localFiles = [at('missing.json'), write('old.json', stale), write('new.json', POOL)];
    const loaded = await load(undefined, { localFiles });
    assert.equal(loaded.source, 'local_file');
    assert.deepEqual(
      loaded.refusals.map(({ candidate, rule }) => [candidate, rule]),
      [
        ['firestore', 'available'],
        [at('missing.json'), 'available'],
        [at('old.json'), 'age'],
      ],
    );
    assert.equal((await load(undefined)).source, 'static');
  });

  it('skips a file that is not text', async () => {
    writeFileSync(at('latin1.json'), Buffer.from([0x7b, 0xe9, 0x7d]));
    const { refusals } = await load(undefined, { localFiles: [at('latin1.json')] });
    assert.equal(refusals[1]?.rule, 'available');
  });

  it('stops waiting after a timeout', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const { source, refusals } = await load(undefined, { readDocument: never, timeoutMs: 5 });
    assert.deepEqual([source, refusals[0]?.got], ['static', 'no answer within 5 ms']);
  });

  it('returns the pool even if it cannot be stored, and reports that', async () => {
    mkdirSync(at('a-folder'));
    const loaded = await load(POOL, { lastKnownGood: textFile(at('a-folder')) });
    assert.deepEqual([loaded.source, loaded.last_known_good], ['fresh_upstream', 'failed']);
  });

  it('reads with any object that has the methods of a Firestore client', async () => {
    const asked: string[] = [];
    const firestore = {
      doc: (path: string) => {
        asked.push(path);
        return { get: async () => ({ data: () => POOL }) };
      },
    };
    const { source } = await load(undefined, { readDocument: readFirestoreDocument(firestore) });
    assert.equal(source, 'fresh_upstream');
    assert.deepEqual(asked, ['strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL']);
  });

  for (const [what, own] of [
    ['maxAgeDays: expected a whole number of days or null, got -1', { maxAgeDays: -1 }],
    ['acceptedModes: expected at least one mode, got none', { acceptedModes: [] }],
    ['expectedPoolSize: expected a whole number of at least 1, got 0', { expectedPoolSize: 0 }],
    ['staticUniverse: expected at least one symbol, got none', { staticUniverse: {} }],
    ['now: expected an instant, got Invalid Date', { now: new Date('') }],
  ] as const)
    it(`rejects invalid options: ${what}`, async () => {
      await assert.rejects(load(POOL, own), {
        name: 'TypeError',
        message: `loadLivePool: ${what}`,
      });
    });
});
