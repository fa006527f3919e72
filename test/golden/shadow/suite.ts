import assert from 'node:assert/strict';
import { DEFAULTS } from '../../../shared/contract/constants.js';
import { isoDay } from '../../../shared/day.js';
import { csvText } from '../../../shared/research/csv-text.js';
import {
  backtestTable,
  LEADER_TABLE,
  PERFORMANCE_TABLE,
  POOL_SHADOW_TABLE,
  POOL_SUMMARY_TABLE,
} from '../../../shared/research/evaluation/evaluation-tables.js';
import { releaseIndexTable } from '../../../shared/research/tracks/release-tables.js';
import { encodeShadowRelease } from '../../../shared/research/tracks/shadow-artifacts.js';
import type { ShadowTrack } from '../../../shared/research/tracks/shadow-tracks.js';
import type { WindowScores } from '../../../shared/research/walk-forward/score-window.js';
import {
  validationTable,
  windowTable,
} from '../../../shared/research/walk-forward/window-tables.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import type { GoldenCase } from '../../support/golden-case.js';
import { runTrack, type TrackRun } from './run.js';
import { assertSameTable } from './same-table.js';

/**
 * Compares every table and the kept releases of a track with what the reference wrote, as the
 * scores of its windows lead to them.
 */
export const shadowParity = (
  golden: GoldenCase,
  track: ShadowTrack,
  scored: () => readonly WindowScores[],
): void => {
  describe(`the shadow track ${track.id} of ${golden.name}`, () => {
    let done: TrackRun | undefined;
    before(async () => {
      done = await runTrack(golden, track, scored());
    });
    after(() => {
      done = undefined;
    });
    const run = (): TrackRun => {
      if (done === undefined) throw new Error('the track has not run');
      return done;
    };
    const fileOf = (file: string): string => `shadow/${track.id}/${file}`;
    const identity = {
      track,
      mode: DEFAULTS.mode,
      sourceProject: 'crypto-live-pool-pipelines',
      poolSize: 5,
    };
    const tables: Readonly<Record<string, (run: TrackRun) => string>> = {
      'walkforward_windows.csv': ({ market, windows }) =>
        csvText(windowTable(market.panel.calendar), windows),
      'release_index.csv': ({ releases }) => csvText(releaseIndexTable(identity), releases),
      'performance_summary.csv': ({ evaluation }) =>
        csvText(PERFORMANCE_TABLE, evaluation.performance),
      'backtest_final_score.csv': ({ market, evaluation: { backtest } }) =>
        csvText(backtestTable(market.panel.calendar, backtest), backtest.netReturn.keys()),
      'leader_metrics.csv': ({ evaluation }) => csvText(LEADER_TABLE, evaluation.leaders),
      'walkforward_validation_summary.csv': ({ market, evaluation }) =>
        csvText(validationTable(market.panel.calendar), evaluation.validation),
      'monthly_live_pool_shadow_detail.csv': ({ evaluation }) =>
        csvText(POOL_SHADOW_TABLE, evaluation.pools),
      'monthly_live_pool_shadow_summary.csv': ({ evaluation }) =>
        csvText(POOL_SUMMARY_TABLE, [evaluation.pools]),
    };
    for (const [file, text] of Object.entries(tables)) {
      it(`has the reference's ${file}`, () => {
        assertSameTable(text(run()), golden.table(fileOf(file)));
      });
    }

    it('writes the files of a release field for field', () => {
      for (const release of run().releases) {
        for (const [path, bytes] of getOrThrow(encodeShadowRelease(release, identity))) {
          if (!golden.has(fileOf(path))) continue;
          const expected: unknown = JSON.parse(
            JSON.stringify(golden.json(fileOf(path))).replaceAll(
              '"crypto-leader-rotation"',
              '"crypto-live-pool-pipelines"',
            ),
          );
          // As text, so that the order of the fields counts.
          const text = new TextDecoder().decode(bytes);
          assert.equal(text, JSON.stringify(expected, null, 2), `${path} ${isoDay(release.asOf)}`);
        }
      }
    });
  });
};
