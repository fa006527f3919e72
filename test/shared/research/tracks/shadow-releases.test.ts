import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { jsonText } from '../../../../shared/codec/bytes.js';
import { DEFAULTS } from '../../../../shared/contract/constants.js';
import { csvText } from '../../../../shared/research/csv-text.js';
import {
  releaseIndexTable,
  TRACK_SUMMARY_TABLE,
} from '../../../../shared/research/tracks/release-tables.js';
import {
  encodeShadowRelease,
  type ShadowIdentity,
} from '../../../../shared/research/tracks/shadow-artifacts.js';
import {
  type ShadowRelease,
  shadowReleases,
} from '../../../../shared/research/tracks/shadow-releases.js';
import { CHALLENGER_TOPK_60 } from '../../../../shared/research/tracks/shadow-tracks.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { handMadeMarket, handMadeScores } from '../hand-made-market.js';

// 1970-01-01 to 1970-03-05: releases on the first day, at both month ends and on the last day.
const DAYS = 64;
const LAST = DAYS - 1;
const names = ['AUSDT', 'BUSDT', 'CUSDT'];
const market = handMadeMarket(
  Object.fromEntries(names.map((name) => [name, Array.from({ length: DAYS }, () => 1)])),
);
const on = (days: Readonly<Record<number, number>>): readonly number[] =>
  Array.from({ length: DAYS }, (_, day) => days[day] ?? Number.NaN);
// Day 0: nothing is scored but A. Then C A, then A B, then B C.
const scores = handMadeScores(market, {
  final_score: {
    AUSDT: on({ 0: 0.9, 30: 0.5, 58: 0.9, [LAST]: 0.1 }),
    BUSDT: on({ 30: 0.4, 58: 0.5, [LAST]: 0.9 }),
    CUSDT: on({ 30: 0.9, 58: 0.1, [LAST]: 0.5 }),
  },
  confidence: {
    AUSDT: on({ 0: 0.3, 30: 0.3, 58: 0.3, [LAST]: 0.3 }),
    BUSDT: on({ 30: 0.2, 58: 0.2, [LAST]: 0.2 }),
    CUSDT: on({ 30: 0.1, 58: 0.1, [LAST]: 0.1 }),
  },
  current_rank: {
    AUSDT: on({ 0: 1, 30: 2, 58: 1, [LAST]: 3 }),
    BUSDT: on({ 30: 3, 58: 2, [LAST]: 1 }),
    CUSDT: on({ 30: 1, 58: 3, [LAST]: 2 }),
  },
});
const identity: ShadowIdentity = {
  track: CHALLENGER_TOPK_60,
  mode: DEFAULTS.mode,
  sourceProject: 'crypto-live-pool-pipelines',
  poolSize: 2,
};
const releases = shadowReleases(market, scores, 2);

describe('shadowReleases', () => {
  it('are the pools of the monthly schedule, in rank order', () => {
    assert.deepEqual(
      releases.map(({ asOf, activation, pool }) => [
        asOf,
        activation,
        pool.map(({ symbol, rank }) => `${symbol} ${rank}`).join(),
      ]),
      [
        [30, 31, 'CUSDT 1,AUSDT 2'],
        [58, 59, 'AUSDT 1,BUSDT 2'],
        // No day follows.
        [LAST, LAST, 'BUSDT 1,CUSDT 2'],
      ],
    );
  });

  it('are compared with the release before', () => {
    assert.deepEqual(
      releases.map(({ stability, churn }) => [stability, churn]),
      [
        [NaN, NaN],
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    );
  });
});

describe('The tables of shadow releases', () => {
  it('list every release with paths beside the index', () => {
    const [header, first] = csvText(releaseIndexTable(identity), releases).split('\n');
    assert.equal(
      header,
      'version,as_of_date,activation_date,mode,source_project,pool_size,expected_pool_size,symbols,' +
        'profile,source_track,candidate_status,regime,regime_confidence,pool_stability,pool_churn,' +
        'has_selection_meta,live_pool_path,live_pool_legacy_path,release_manifest_path',
    );
    assert.equal(
      first,
      '1970-01-31-core_major,1970-01-31,1970-02-01,core_major,crypto-live-pool-pipelines,2,2,' +
        'CUSDT|AUSDT,challenger_topk_60,shadow_candidate,shadow_candidate,late_momentum,0.25,,,True,' +
        '1970-01-31-core_major/live_pool.json,1970-01-31-core_major/live_pool_legacy.json,' +
        '1970-01-31-core_major/release_manifest.json',
    );
  });

  it('sum a track up, with or without releases', () => {
    const rows = (some: readonly ShadowRelease[]) =>
      csvText(TRACK_SUMMARY_TABLE, [
        { track: CHALLENGER_TOPK_60, releases: some, releaseIndexPath: 'x/release_index.csv' },
      ]).split('\n');
    const common =
      'challenger_topk_60,challenger_topk_60,future_topk_label_60,shadow_candidate,shadow_candidate';
    assert.equal(rows(releases)[1], `${common},3,1970-01-31,1970-03-05,x/release_index.csv`);
    assert.equal(rows([])[1], `${common},0,,,x/release_index.csv`);
  });
});

describe('encodeShadowRelease', () => {
  const [, release] = releases;
  assert.ok(release);

  it('writes the pool in both forms and a manifest that names them', () => {
    const files = getOrThrow(encodeShadowRelease(release, identity));
    const symbolMap = { AUSDT: { base_asset: 'A' }, BUSDT: { base_asset: 'B' } };
    const head = {
      as_of_date: '1970-02-28',
      version: '1970-02-28-core_major',
      mode: 'core_major',
      pool_size: 2,
    };
    const tail = {
      symbol_map: symbolMap,
      source_project: 'crypto-live-pool-pipelines',
      selection_meta: {
        AUSDT: { final_score: 0.9, confidence: 0.3, current_rank: 1 },
        BUSDT: { final_score: 0.5, confidence: 0.2, current_rank: 2 },
      },
      profile: 'challenger_topk_60',
      source_track: 'shadow_candidate',
      candidate_status: 'shadow_candidate',
      activation_date: '1970-03-01',
      expected_pool_size: 2,
    };
    const texts = [...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
    assert.deepEqual(texts.slice(0, 2), [
      [
        '1970-02-28-core_major/live_pool.json',
        jsonText({ ...head, symbols: ['AUSDT', 'BUSDT'], ...tail }),
      ],
      [
        '1970-02-28-core_major/live_pool_legacy.json',
        jsonText({ ...head, symbols: symbolMap, ...tail }),
      ],
    ]);
    const manifest: unknown = JSON.parse(texts[2]?.[1] ?? '');
    assert.deepEqual(Reflect.get(Object(manifest), 'artifacts'), {
      live_pool: '1970-02-28-core_major/live_pool.json',
      live_pool_legacy: '1970-02-28-core_major/live_pool_legacy.json',
    });
  });

  it('refuses a score that JSON cannot carry, and names it', () => {
    const [member, ...others] = release.pool;
    assert.ok(member);
    const broken = { ...release, pool: [{ ...member, confidence: NaN }, ...others] };
    const result = encodeShadowRelease(broken, identity);
    assert.ok(E.isLeft(result));
    assert.match(result.left.message, /live_pool\.json.*AUSDT.*confidence/);
  });
});
