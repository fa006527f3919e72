import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHADOW_WINDOWS } from '../../shared/object-keys.js';
import { SHADOW_TRACKS } from '../../shared/research/tracks/shadow-tracks.js';
import type { WindowScores } from '../../shared/research/walk-forward/score-window.js';
import { decodeWindowScores } from '../../shared/research/walk-forward/window-codec.js';
import { livePool, temporaryFolder } from '../support/cli.js';
import { getOrThrow } from '../support/get-or-throw.js';
import { demoCase } from '../support/golden-case.js';
import { assertSameTable } from './shadow/same-table.js';
import { shadowParity } from './shadow/suite.js';

const golden = demoCase('market-2026-03-13');

/** The tables that do not depend on the order among equals; the reference has another than we. */
const TABLES = ['release_index.csv', 'walkforward_windows.csv'];

describe('live-pool monthly-shadow-build on the demo market', () => {
  // Some forty fits of three hundred trees, which all that follows is about.
  const folder = temporaryFolder();
  const state = (): string => join(folder(), 'state');
  const root = (): string => join(state(), 'output/shadow_candidate_tracks');
  const textAt = (...path: readonly string[]): string =>
    readFileSync(join(root(), ...path), 'utf8');
  let windows: readonly WindowScores[];

  before(async () => {
    const { code, stderr } = await livePool([
      'monthly-shadow-build',
      '--state',
      state(),
      '--quiet',
    ]);
    assert.deepEqual([code, stderr], [0, '']);
    const kept = join(state(), 'bucket/live-pool-local/crypto-live-pool-pipelines', SHADOW_WINDOWS);
    windows = readdirSync(kept).map((name) =>
      getOrThrow(decodeWindowScores(name)(readFileSync(join(kept, name)))),
    );
  });

  for (const { id } of SHADOW_TRACKS) {
    for (const table of TABLES)
      it(`writes the reference’s ${table} of ${id}`, () => {
        assertSameTable(textAt(id, table), golden.table(`shadow/${id}/${table}`));
      });

    it(`writes every release of ${id}, with its three files`, () => {
      const releases = readdirSync(join(root(), id)).filter((name) => name.startsWith('20'));
      assert.equal(releases.length, golden.table(`shadow/${id}/release_index.csv`).size);
      let compared = 0;
      for (const release of releases)
        for (const file of ['live_pool.json', 'live_pool_legacy.json', 'release_manifest.json']) {
          const text = textAt(id, release, file);
          const path = `shadow/${id}/${release}/${file}`;
          if (!golden.has(path)) continue;
          compared += 1;
          const theirs = JSON.stringify(golden.json(path), null, 2);
          assert.equal(
            text,
            theirs.replaceAll('"crypto-leader-rotation"', '"crypto-live-pool-pipelines"'),
          );
        }
      assert.equal(compared > 0, id === 'official_baseline');
    });
  }

  for (const track of SHADOW_TRACKS) shadowParity(golden, track, () => windows);
});
