import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sha256 } from '../../shared/codec/hash.js';
import type { Version } from '../../shared/codec/primitives.js';
import { parseIsoDay } from '../../shared/day.js';
import { runPath } from '../../shared/document-paths.js';
import { RunId } from '../../shared/messages/envelope.js';
import {
  correctionKey,
  currentKey,
  eventKey,
  evidenceKey,
  keyOfUri,
  objectUri,
  releaseKey,
  scratchPrefix,
  storedBarsKey,
  symbolOfStoredBars,
} from '../../shared/object-keys.js';
import { runId as anyRunId } from '../support/message-arbitraries.js';

const AT = { bucket: 'a-bucket', rootPrefix: 'root' };
const VERSION = '2026-03-13-core_major' as Version;

describe('Keys', () => {
  it('match the architecture', () => {
    const id = sha256('an event');
    assert.equal(
      releaseKey(VERSION, 'live_pool.json'),
      'releases/2026-03-13-core_major/live_pool.json',
    );
    assert.equal(currentKey('live_pool.json'), 'current/live_pool.json');
    assert.equal(evidenceKey(VERSION, 'x.json'), 'evidence/2026-03-13-core_major/x.json');
    assert.equal(eventKey('pool-ranked', id), `events/pool-ranked/${id}.json`);
    assert.equal(storedBarsKey('TRXUSDT'), 'market-data/binance/TRXUSDT.bars');
    assert.equal(symbolOfStoredBars(storedBarsKey('TRXUSDT')), 'TRXUSDT');
    assert.equal(
      correctionKey('TRXUSDT', parseIsoDay('2026-03-13'), id),
      `market-data/binance/corrections/TRXUSDT/2026-03-13-${id}.json`,
    );
  });

  it('have a scratch prefix on dry runs only', () => {
    const run_id = '2026-03-13-core_major-0123456789ab';
    assert.equal(scratchPrefix({ run_id, dry_run: true }), `scratch/${run_id}/`);
    assert.equal(scratchPrefix({ run_id, dry_run: false }), '');
  });

  it('and documents that a run names stay one segment', () => {
    fc.assert(
      fc.property(anyRunId, (run_id) => {
        assert.ok(RunId.is(run_id));
        assert.equal(scratchPrefix({ run_id, dry_run: true }).split('/').length, 3);
        assert.ok(!runPath(run_id).document.includes('/'));
      }),
    );
  });
});

describe('A URI', () => {
  it('resolves to its key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (key) => {
        assert.equal(keyOfUri(AT, objectUri(AT, key)), key);
      }),
    );
  });

  const foreign = [
    'gs://another-bucket/root/releases/x',
    'gs://a-bucket/another/releases/x',
    'gs://a-bucket/root',
    'gs://a-bucket/root/',
    'gs://a-bucket/rooted/releases/x',
    's3://a-bucket/root/releases/x',
    'releases/x',
    '',
  ];
  for (const uri of foreign)
    it(`elsewhere has no key: ${JSON.stringify(uri)}`, () => {
      assert.equal(keyOfUri(AT, uri), undefined);
    });
});
