import assert from 'node:assert/strict';
import { loadMarket } from '../../../functions/ingest/load-market.js';
import { encodeJson } from '../../../shared/codec/bytes.js';
import type { AsOfDate, Mode, SymbolUsdt } from '../../../shared/codec/primitives.js';
import { timestampOf } from '../../../shared/codec/primitives.js';
import { QualityReport } from '../../../shared/evidence/data-quality.js';
import { memoryObjectStore } from '../../../shared/local/memory-object-store.js';
import { csvSource } from '../../../shared/market-data/csv-source.js';
import { demoSource } from '../../../shared/market-data/demo-source.js';
import type { MarketDataSource } from '../../../shared/market-data/market-data-source.js';
import { checkQuality } from '../../../shared/market-data/quality/gate.js';
import { qualityReport, ruleCounts } from '../../../shared/market-data/quality/report.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import { resolveRequest, runIdOf } from '../../../shared/messages/monthly-run-requested.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { memoryWorld } from '../../support/memory-world.js';
import { describeWithShared } from '../../support/shared-folder.js';
import { request, said } from './ingest-messages.js';

const NOW = new Date('2026-03-14T00:30:00Z');

/** What the gate counts in a market on a day; it lets the market through or the test fails. */
const counted = async (
  source: MarketDataSource,
  asOf: string,
  previousPool: readonly string[] = [],
) => {
  const request = { as_of_date: asOf as AsOfDate };
  const payload = resolveRequest(request, NOW, 'core_major' as Mode);
  const cause = { event_id: null, run_id: runIdOf(payload), occurred_at: timestampOf(NOW) };
  const market = getOrThrow(
    await loadMarket(
      { source, objects: memoryObjectStore() },
      {
        started_by: makeMessage('monthly-run-requested', cause, payload),
        previous_pool: previousPool as readonly SymbolUsdt[],
      },
    )(),
  );
  const inspection = getOrThrow(checkQuality(source, market));
  const report = qualityReport(source.id, market, inspection);
  const { length } = getOrThrow(encodeJson(QualityReport, 'report')(report));
  assert.ok(length < 1e6);
  const summary = ruleCounts(inspection);
  console.log(`      ${source.id} of ${asOf}: ${JSON.stringify(summary)} in ${length} bytes`);
  return summary;
};

describe('The data quality of the demo market', () => {
  const expected = { candidates: 25, covered: 25, gap: 5, 'big-move': 25 };

  it('is sufficient, and its gaps, days without volume and large moves are reported', async () => {
    assert.deepEqual(await counted(demoSource(), '2026-03-13'), { ...expected, 'zero-volume': 2 });
  });

  it('does not change its snapshot', async () => {
    const answer = await request(memoryWorld());
    assert.equal(
      said(answer).payload.snapshot.sha256,
      'f7c1f86e3cda263826f12de60d04b22c332dd3c60b09bd4247941b075a5bc92c',
    );
  });

  it('is sufficient on a day in the past', async () => {
    assert.deepEqual(await counted(demoSource(), '2025-10-31'), { ...expected, 'zero-volume': 1 });
  });

  it('is sufficient before some of its coins were listed', async () => {
    const summary = await counted(demoSource(), '2022-06-30');
    assert.equal(summary['listed-later'], 2);
    assert.equal(summary.covered, summary.candidates);
  });
});

describeWithShared('The data quality of real bars', (shared) => {
  const binance = () =>
    csvSource({
      dataDir: shared('data/binance-1d'),
      metadataFile: shared('data/binance-1d.symbol_metadata.2025-12-31.csv'),
    });

  it('is sufficient at the end of 2025, with a delisted coin in the pool', async () => {
    assert.deepEqual(await counted(binance(), '2025-12-31', ['XMRUSDT', 'TRXUSDT']), {
      candidates: 62,
      covered: 62,
      'big-move': 52,
      'not-trading': 1,
      renamed: 2,
    });
  });

  it('is sufficient in the middle of 2024, before fifteen of its coins were listed', async () => {
    const summary = await counted(binance(), '2024-06-30');
    assert.deepEqual([summary.candidates, summary.covered, summary['listed-later']], [47, 47, 15]);
  });

  it('is the demo market’s in the golden market', async () => {
    const golden = csvSource({
      dataDir: shared('golden/market/raw'),
      metadataFile: shared('golden/market/symbol_metadata.csv'),
    });
    assert.deepEqual(
      await counted(golden, '2026-03-13'),
      await counted(demoSource(), '2026-03-13'),
    );
  });
});
