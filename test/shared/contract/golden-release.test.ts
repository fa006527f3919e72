import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as t from 'io-ts';
import { textOfUtf8 } from '../../../shared/codec/bytes.js';
import { decode } from '../../../shared/codec/decode.js';
import { AsOfDate, SymbolUsdt, timestampOf } from '../../../shared/codec/primitives.js';
import { strictRecord } from '../../../shared/codec/strict-record.js';
import { buildRelease } from '../../../shared/contract/build-release.js';
import type { ReleaseInput } from '../../../shared/contract/build-release-input.js';
import { DEFAULTS } from '../../../shared/contract/constants.js';
import { BaseAsset } from '../../../shared/contract/live-pool.js';
import { parseRanking } from '../../../shared/contract/parse-ranking.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { binanceCase, demoCase, type GoldenCase } from '../../support/golden-case.js';
import { describeWithShared } from '../../support/shared-folder.js';

const GoldenPool = t.type({
  as_of_date: AsOfDate,
  symbols: t.array(SymbolUsdt),
  symbol_map: strictRecord('BaseAsset by SymbolUsdt', SymbolUsdt, BaseAsset),
});
const GoldenUniverse = t.type({ symbols: t.array(SymbolUsdt) });

/** The release that the reference's ranking makes. */
const inputOf = (golden: GoldenCase): ReleaseInput => {
  const pool = getOrThrow(decode(GoldenPool)(golden.json('live_pool.symbols.json')));
  const table = golden.table('latest_ranking.csv');
  return {
    asOfDate: pool.as_of_date,
    mode: DEFAULTS.mode,
    sourceProject: DEFAULTS.sourceProject,
    generatedAt: timestampOf(new Date('2026-03-14T00:30:00Z')),
    universe: getOrThrow(decode(GoldenUniverse)(golden.json('latest_universe.json'))).symbols,
    ranking: Array.from({ length: table.size }, (_, row) => ({
      symbol: table.text(row, 'symbol'),
      rule_score: table.number(row, 'rule_score'),
      linear_score: table.number(row, 'linear_score'),
      ml_score: table.number(row, 'ml_score'),
      final_score: table.number(row, 'final_score'),
      confidence: table.number(row, 'confidence'),
      regime: table.text(row, 'regime'),
    })),
    pool: Object.entries(pool.symbol_map).map(([symbol, { base_asset }]) => ({
      symbol,
      baseAsset: base_asset,
    })),
  };
};

const hasTheSamePool = (golden: GoldenCase): void => {
  it(`${golden.name}: the pool, its order and its fields`, () => {
    const { files } = getOrThrow(buildRelease(inputOf(golden)));
    const { source_project, ...pool } = JSON.parse(textOfUtf8(files['live_pool.json']) ?? '');
    assert.equal(source_project, 'crypto-live-pool-pipelines');
    assert.equal(JSON.stringify(pool), JSON.stringify(golden.json('live_pool.symbols.json')));
  });

  it(`${golden.name}: the universe`, () => {
    const { files } = getOrThrow(buildRelease(inputOf(golden)));
    assert.equal(
      textOfUtf8(files['latest_universe.json']),
      JSON.stringify(golden.json('latest_universe.json'), null, 2),
    );
  });
};

describe("a release made of the reference's numbers on the demo market is the reference's", () => {
  for (const name of ['market-2025-10-31', 'market-2026-03-13']) hasTheSamePool(demoCase(name));
});

describeWithShared("a release made of the reference's numbers on real bars", (folder) => {
  for (const name of ['binance-2024-06-30', 'binance-2025-12-31'])
    hasTheSamePool(binanceCase(name, folder));

  it("reads the reference's own ranking, which writes ranks as 1.0", () => {
    const golden = folder('golden', 'cases', 'binance-2025-12-31', 'latest_ranking.csv');
    const rows = getOrThrow(parseRanking(readFileSync(golden, 'utf8')));
    assert.deepEqual(
      rows.map(({ current_rank }) => current_rank),
      rows.map((_, index) => index + 1),
    );
    assert.equal(rows[0]?.symbol, 'ETHUSDT');
  });
});
