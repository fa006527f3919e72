import assert from 'node:assert/strict';
import { validated } from '../../shared/codec/bytes.js';
import type { Explanation } from '../../shared/evidence/explanation.js';
import { RankingEvidence } from '../../shared/evidence/ranking.js';
import { explain } from '../../shared/explanation/explain.js';
import { rerank, scoredUniverse } from '../../shared/explanation/scored-universe.js';
import { completeLiveBuild } from '../../shared/ranking/live-build.js';
import { prepareLiveBuild } from '../../shared/ranking/prepare-build.js';
import { rankingEvidence } from '../../shared/ranking/ranking-evidence.js';
import { MEASURES } from '../../shared/ranking/universe/checks.js';
import { assertNear } from '../support/assert-near.js';
import { getOrThrow } from '../support/get-or-throw.js';
import { binanceCase, demoCase, type GoldenCase, readMarket } from '../support/golden-case.js';
import { describeWithShared } from '../support/shared-folder.js';

/**
 * The ranking of a case. The trees' scores are the reference's own: parity proves that ours are the
 * same.
 */
const rankingOf = async (golden: GoldenCase): Promise<RankingEvidence> => {
  const build = getOrThrow(
    prepareLiveBuild({
      ...(await readMarket(golden)),
      previousPool: [],
      asOf: golden.asOf,
      mode: 'core_major',
      poolSize: 5,
    }),
  );
  const table = golden.table('scores_asof.csv');
  const rows = Array.from({ length: table.size }, (_, row) => row)
    .filter((row) => table.flag(row, 'in_universe'))
    .sort((a, b) => (table.text(a, 'symbol') < table.text(b, 'symbol') ? -1 : 1));
  const scores = Float64Array.from(rows, (row) => table.number(row, 'ml_score_raw'));
  const ranking = completeLiveBuild(build, { backend: 'the reference', scores });
  return getOrThrow(validated(RankingEvidence, golden.name)(rankingEvidence(ranking)));
};

/**
 * The flags of `universe_asof.csv`, and how an explanation calls the rule that one of them denies.
 */
const RULES = [
  ['metadata', 'metadata_eligible'],
  ['history', 'history_eligible'],
  ['liquidity', 'liquidity_eligible'],
  ['tradable', 'tradable_eligible'],
  ['continuous', 'continuous_liquidity_eligible'],
] as const;

const agreesWithReference = (golden: GoldenCase): void => {
  describe(`the explanation of ${golden.name}`, () => {
    let evidence: RankingEvidence;
    let told: Explanation;
    before(async () => {
      evidence = await rankingOf(golden);
      told = explain(evidence);
    });

    const explained = (symbol: string) => {
      const found = told.symbols.find((one) => one.symbol === symbol);
      assert.ok(found, symbol);
      return found;
    };

    it('names exactly the rules whose flags the reference denies, for every symbol', () => {
      const table = golden.table('universe_asof.csv');
      assert.ok(table.size > 10);
      for (let row = 0; row < table.size; row += 1) {
        const symbol = table.text(row, 'symbol');
        const one = explained(symbol);
        const denied = RULES.flatMap(([rule, flag]) => (table.flag(row, flag) ? [] : [rule]));
        const expected = [...denied, ...(table.flag(row, 'is_benchmark') ? ['benchmark'] : [])];
        assert.deepEqual([...one.failed_rules].sort(), expected.sort(), symbol);
        assert.equal(one.in_universe, table.flag(row, 'in_universe'), symbol);
        assert.equal(
          one.failed_rules.length === 0,
          table.flag(row, 'candidate_eligible'),
          `${symbol} is eligible`,
        );
        for (const measure of MEASURES)
          assertNear(
            one.measured?.[measure],
            table.number(row, measure),
            `${symbol} ${measure}`,
            1e-9,
          );
      }
    });

    it('states by how much each check is missed', () => {
      for (const { symbol, failures, measured } of told.symbols)
        for (const { measure, measured: value, minimum, short_by } of failures) {
          assert.equal(value, measured?.[measure], symbol);
          assert.equal(short_by, value === null ? null : minimum - value);
          assert.ok(short_by === null || short_by > 0, `${symbol} ${measure}`);
        }
    });

    it('names the reference’s pool, ranks, scores and boundary', () => {
      const table = golden.table('latest_ranking.csv');
      const ranked = told.symbols.filter(({ rank }) => rank !== null);
      assert.equal(ranked.length, table.size);
      for (const [row, { symbol, rank, selected, scores }] of ranked.entries()) {
        assert.deepEqual(
          [symbol, rank, selected, scores?.final_score, scores?.residual],
          [
            table.text(row, 'symbol'),
            table.number(row, 'current_rank'),
            table.flag(row, 'selected_flag'),
            table.number(row, 'final_score'),
            0,
          ],
        );
      }
      const { last_in, first_out, margin, tie } = told.boundary;
      assert.deepEqual(
        [last_in, first_out, margin, tie],
        [
          table.text(4, 'symbol'),
          table.text(5, 'symbol'),
          table.number(4, 'final_score') - table.number(5, 'final_score'),
          false,
        ],
      );
    });

    it('blends and orders to the same pool without a change', () => {
      assert.deepEqual(rerank(scoredUniverse(evidence)).pool, told.pool);
    });
  });
};

describe('explain on the demo market', () => {
  agreesWithReference(demoCase('market-2025-10-31'));
  agreesWithReference(demoCase('market-2026-03-13'));
});

describeWithShared('explain on real bars', (folder) => {
  agreesWithReference(binanceCase('binance-2024-06-30', folder));
  agreesWithReference(binanceCase('binance-2025-12-31', folder));
});
