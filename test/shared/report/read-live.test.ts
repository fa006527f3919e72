import assert from 'node:assert/strict';
import type { AsOfDate, Mode, Sha256, Timestamp } from '../../../shared/codec/primitives.js';
import { ledgerPath, promotionPath } from '../../../shared/document-paths.js';
import { type LedgerEntry, sealEntry } from '../../../shared/promotion/ledger.js';
import { readLive } from '../../../shared/report/read-live.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { handMadeRelease, putRelease } from '../../support/hand-made-release.js';
import { memoryWorld } from '../../support/memory-world.js';
import { input } from '../contract/hand-written-release.js';

const HASH = 'a'.repeat(64) as Sha256;
const JANUARY = handMadeRelease('2026-01-31');
const FEBRUARY = handMadeRelease('2026-02-28');
/** Who is first and who is second have changed places. */
const swapped = <A extends { readonly symbol: string }>([
  first,
  second,
  ...others
]: readonly A[]) =>
  first && second
    ? [{ ...first, symbol: second.symbol }, { ...second, symbol: first.symbol }, ...others]
    : others;
const POOL = input.pool;
const MARCH = handMadeRelease('2026-03-15', {
  ranking: swapped(input.ranking),
  pool: [POOL[1], POOL[0], ...POOL.slice(2)].filter((one) => one !== undefined),
});
/** What March restates: the same pool. */
const RESTATED = handMadeRelease('2026-03-10', {
  ranking: swapped(input.ranking),
  pool: [POOL[1], POOL[0], ...POOL.slice(2)].filter((one) => one !== undefined),
});
const NEVER = handMadeRelease('2026-03-14');

/** What a report knows of releases that were promoted one after the other, the last one current. */
const liveAt = async (now: string, revoked: readonly string[]) => {
  const { environment } = memoryWorld();
  const { objects, documents } = environment;
  for (const release of [JANUARY, FEBRUARY, RESTATED, NEVER, MARCH])
    await putRelease(objects, release);
  let before: LedgerEntry | undefined;
  for (const [at, release] of [JANUARY, FEBRUARY, RESTATED, MARCH].entries()) {
    const { version } = release;
    const entry = sealEntry({
      seq: (at + 1) as LedgerEntry['seq'],
      version,
      as_of_date: version.slice(0, 10) as AsOfDate,
      intent: 'publish',
      from_version: null,
      reason: null,
      actor: 'test',
      event_id: HASH,
      manifest_sha256: release.sha256.artifact_manifest,
      allow_stale: false,
      promoted_at: `${version.slice(0, 10)}T13:00:00+00:00` as Timestamp,
      prev_hash: before?.hash ?? null,
    });
    before = entry;
    getOrThrow(await documents.create(ledgerPath(entry.seq), { ...entry })());
  }
  const head = { seq: 4, version: MARCH.version, key: HASH, hash: before?.hash };
  const state = { head, frontier: '2026-03-15', revoked, known: {} };
  getOrThrow(await documents.create(promotionPath, state)());
  return getOrThrow(
    await readLive(environment, {
      ...{ now: new Date(now), mode: MARCH.livePool.mode as Mode, shadow: undefined },
      ...{ place: '', shadowBuild: '' },
    })(),
  );
};

describe('readLive', () => {
  it('names the previous release, not one that was never promoted or has the same pool', async () => {
    const { rollbackTo, releases } = await liveAt('2026-03-16T00:00:00Z', []);
    assert.deepEqual(rollbackTo, { version: FEBRUARY.version, isStale: false });
    assert.deepEqual(
      releases.map(({ asOfDate }) => asOfDate),
      [JANUARY, FEBRUARY, RESTATED, MARCH].map(({ manifest }) => manifest.as_of_date),
    );
  });

  it('does not name a release that a restatement has replaced', async () => {
    const { rollbackTo } = await liveAt('2026-03-16T00:00:00Z', [FEBRUARY.version]);
    assert.deepEqual(rollbackTo, { version: JANUARY.version, isStale: false });
  });

  it('has the last day on which readers accept it', async () => {
    const { rollbackTo } = await liveAt('2026-04-13T23:59:59Z', []);
    assert.deepEqual(rollbackTo, { version: FEBRUARY.version, isStale: false });
    const later = await liveAt('2026-04-14T00:00:00Z', []);
    assert.deepEqual(later.rollbackTo, { version: FEBRUARY.version, isStale: true });
  });
});
