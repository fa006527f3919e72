import assert from 'node:assert/strict';
import { join } from 'node:path';
import { stateFolder } from '../../../../deploy/local/state-folder.js';
import { encodeJson } from '../../../../shared/codec/bytes.js';
import { sha256 } from '../../../../shared/codec/hash.js';
import { perArtifact } from '../../../../shared/contract/constants.js';
import { promotionPath } from '../../../../shared/document-paths.js';
import { RESTATEMENT_FILE } from '../../../../shared/evidence/evidence-files.js';
import { ModelRun } from '../../../../shared/evidence/model-run.js';
import { RankingEvidence } from '../../../../shared/evidence/ranking.js';
import { Restatement } from '../../../../shared/evidence/restatement.js';
import { diskDocumentStore } from '../../../../shared/local/disk-document-store.js';
import { diskObjectStore } from '../../../../shared/local/disk-object-store.js';
import { CONTENT_TYPES } from '../../../../shared/ports/write-once.js';
import { referenceTo } from '../../../../shared/releases/read-referenced-object.js';
import {
  augustTie,
  candidate,
  evidenceOf,
  name,
  shortOf,
} from '../../../shared/explanation/constructed-evidence.js';
import { livePool, temporaryFolder } from '../../../support/cli.js';
import { getOrThrow } from '../../../support/get-or-throw.js';

const AT = { bucket: 'live-pool-local', rootPrefix: 'crypto-live-pool-pipelines' };
const AUGUST = '2026-07-31-core_major';
const RESTATED = '2026-08-20-core_major';
const AGAIN = '2026-08-25-core_major';
const TAMPERED = '2026-06-30-core_major';

const names = augustTie(name('SOLUSDT', [6, 6, 6]), name('ZECUSDT', [7, 5, 5]));
const outside = { in_universe: false };
const ranking = evidenceOf(names, {
  candidates: [
    ...names.map(({ symbol }) => candidate(symbol)),
    candidate('ETCUSDT', { ...outside, streaks: { eligible: 1, ineligible: 0 } }),
    candidate('OPUSDT', {
      ...outside,
      daily: shortOf('history', 'age_days', 700, 720),
      streaks: { eligible: 0, ineligible: 24 },
    }),
    candidate('SUPERUSDT', {
      ...outside,
      metadata_failures: ['leveraged_token'],
      prefilter: null,
      loaded: false,
      daily: null,
      streaks: null,
    }),
  ],
  leveraged: ['SUPERUSDT'],
});

/** A state folder as a month and two restatements leave it, as far as explain looks. */
const prepare = async (folder: string): Promise<void> => {
  const state = stateFolder(folder);
  const objects = diskObjectStore(
    state.objects(AT.bucket, AT.rootPrefix),
    state.objectRecords(AT.bucket, AT.rootPrefix),
  );
  const put = async (key: string, bytes: Uint8Array) => {
    const options = { ifGenerationMatch: 0, contentType: CONTENT_TYPES.json };
    assert.equal(getOrThrow(await objects.write(key, bytes, options)()).outcome, 'written');
  };
  const putRanking = async (version: string, hash: (bytes: Uint8Array) => string) => {
    const bytes = getOrThrow(encodeJson(RankingEvidence, 'ranking.json')(ranking));
    const key = `evidence/${version}/rankings/${sha256(bytes)}.json`;
    const reference = { ...referenceTo(AT, key, bytes), sha256: hash(bytes) };
    const modelRun = {
      schema_version: 1,
      version,
      as_of_date: ranking.as_of_date,
      mode: ranking.mode,
      pool_size: 5,
      snapshot: reference,
      ranking: reference,
      source_revision: null,
      model: ranking.model,
    };
    await put(key, bytes);
    const encoded = getOrThrow(encodeJson(ModelRun, 'model_run.json')(modelRun));
    await put(`evidence/${version}/model_run.json`, encoded);
  };
  const restate = (version: string, restated_from: string) =>
    put(
      `evidence/${version}/restatement.json`,
      getOrThrow(
        encodeJson(
          Restatement,
          RESTATEMENT_FILE,
        )({
          schema_version: 1,
          restated_from,
          reason: 'the month after is missing',
          actor: 'operator@example.com',
          original_sha256: perArtifact(() => 'd'.repeat(64)),
        }),
      ),
    );
  await putRanking(AUGUST, sha256);
  await putRanking(TAMPERED, () => 'b'.repeat(64));
  await restate(RESTATED, AUGUST);
  await restate(AGAIN, RESTATED);
  const head = { seq: 3, version: AUGUST, key: 'a'.repeat(64), hash: 'c'.repeat(64) };
  const promotions = { head, frontier: ranking.as_of_date, revoked: [], known: {} };
  getOrThrow(await diskDocumentStore(state.documents).create(promotionPath, promotions)());
};

describe('live-pool explain', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const state = () => join(folder(), 'data');
  const explain = (...args: readonly string[]) =>
    livePool(['explain', '--state', state(), ...args]);

  before(() => prepare(state()));

  it('explains the current release in 80 columns', async () => {
    const { code, stdout, stderr } = await livePool(['explain', '--state', state()]);
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout.trimEnd().split('\n');
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
    assert.equal(
      stdout,
      `2026-07-31-core_major is current, promotion 3.
pool        TRX LTC ETH LINK SOL
regime      risk_off, confidence 0.50
boundary    A tie-break decided: SOLUSDT and ZECUSDT have the same final score,
            0.545455. The higher confidence is in: 0.636364 against 0.510396.

    symbol       final  confid.     rule ×0.50   linear ×0.25     tree ×0.25
 1  TRXUSDT   1.000000   1.0000  1.000 → 0.500  1.000 → 0.250  1.000 → 0.250
 2  LTCUSDT   0.909091   0.9273  0.909 → 0.455  0.909 → 0.227  0.909 → 0.227
 3  ETHUSDT   0.818182   0.8545  0.818 → 0.409  0.818 → 0.205  0.818 → 0.205
 4  LINKUSDT  0.727273   0.7818  0.727 → 0.364  0.727 → 0.182  0.727 → 0.182
 5  SOLUSDT   0.545455   0.6364  0.545 → 0.273  0.545 → 0.136  0.545 → 0.136
──────────────────────────────────────────────────────────────────────────────
 6  ZECUSDT   0.545455   0.5104  0.636 → 0.318  0.455 → 0.114  0.455 → 0.114
 7  NEARUSDT  0.363636   0.3312  0.091 → 0.045  0.636 → 0.159  0.636 → 0.159
 8  ADAUSDT   0.340909   0.5002  0.455 → 0.227  0.091 → 0.023  0.364 → 0.091
 9  BCHUSDT   0.340909   0.6643  0.364 → 0.182  0.364 → 0.091  0.273 → 0.068
10  DOGEUSDT  0.250000   0.7370  0.273 → 0.136  0.273 → 0.068  0.182 → 0.045
11  AVAXUSDT  0.159091   0.8097  0.182 → 0.091  0.182 → 0.045  0.091 → 0.023

Not in the universe: 3 of 14 candidates
  eligible, not confirmed yet   1  ETC
  too little history            1  OP
  leveraged token by its name   1  SUPER

ETCUSDT has been eligible for 1 of 2 refreshes: it enters the universe at the
  next refresh, on 2026-08-31, if eligible then.

What would have changed the pool
  SOLUSDT one place down in rule (0.545 → 0.455): ZECUSDT in, SOLUSDT out.
  SOLUSDT one place down in linear (0.545 → 0.455): ZECUSDT in, SOLUSDT out.
  SOLUSDT one place down in tree (0.545 → 0.455): ZECUSDT in, SOLUSDT out.
  Weight of rule 0.50 → 0.51: ZECUSDT in, SOLUSDT out.
  Weight of linear 0.25 → 0.24: ZECUSDT in, SOLUSDT out.
  (the other weights are scaled so that the sum stays 1)

The frozen rule excludes these as leveraged tokens, the corrected rule would
  not: SUPER
`,
    );
  });

  it('prints every candidate and all contract fields as JSON', async () => {
    const { code, stdout } = await explain('--format', 'json');
    assert.equal(code, 0);
    const answer = JSON.parse(stdout);
    assert.deepEqual(
      [
        answer.version,
        answer.as_of_date,
        answer.current,
        answer.promotion_seq,
        answer.restated_from,
      ],
      [AUGUST, '2026-07-31', true, 3, null],
    );
    const { last_in, first_out, margin, tie, decided_by } = answer.boundary;
    assert.deepEqual(
      [last_in, first_out, margin, tie, decided_by],
      ['SOLUSDT', 'ZECUSDT', 0, true, 'confidence'],
    );
    assert.equal(answer.symbols.length, ranking.candidates.length);
    for (const one of answer.symbols)
      for (const field of ['symbol', 'selected', 'rank', 'failed_rules', 'scores'])
        assert.ok(Object.hasOwn(one, field), field);
    assert.deepEqual(
      answer.symbols.flatMap((one: { symbol: string; failed_rules: string[] }) =>
        one.failed_rules.map((rule) => [one.symbol, rule]),
      ),
      [
        ['OPUSDT', 'history'],
        ['SUPERUSDT', 'metadata'],
      ],
    );
  });

  it('explains one symbol, named with or without USDT', async () => {
    const { code, stdout } = await explain('--symbol', 'op');
    assert.equal(code, 0);
    assert.match(stdout, /OPUSDT is not in the universe: it is not eligible\./);
    assert.match(stdout, / {2}days of history: 700, needs 720, short by 20\./);
    assert.match(stdout, /ineligible for 24 refreshes in a row\./);
    const answer = JSON.parse((await explain('--symbol', 'OPUSDT', '--format', 'json')).stdout);
    assert.deepEqual(
      answer.symbols.map(({ symbol }: { symbol: string }) => symbol),
      ['OPUSDT'],
    );
    assert.equal(answer.boundary.tie, true);
  });

  it('follows restatements to the release that was ranked', async () => {
    const { code, stdout } = await explain('--version', AGAIN);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^2026-08-25-core_major is not current\.\nIt restates 2026-07-31-core_major/,
    );
    const { restated_from, as_of_date } = JSON.parse(
      (await explain('--version', RESTATED, '--format', 'json')).stdout,
    );
    assert.deepEqual([restated_from, as_of_date], [AUGUST, '2026-07-31']);
  });

  const refused: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    [
      'a symbol that is not a candidate',
      ['--symbol', 'LNKUSDT'],
      2,
      /--symbol: expected one of the 14 candidates, got LNKUSDT\. Did you mean LINKUSDT\?/,
    ],
    [
      'a symbol that resembles no candidate',
      ['--symbol', 'UNKNOWN'],
      2,
      /got UNKNOWN\. List them with: live-pool explain --format json/,
    ],
    [
      'an invalid version',
      ['--version', 'august'],
      2,
      /version: expected <as_of_date>-<mode>, got august/,
    ],
    [
      'a version without evidence',
      ['--version', '2020-01-31-core_major'],
      3,
      /2020-01-31-core_major: expected evidence\/.*live-pool release list/,
    ],
    [
      'a ranking that was altered',
      ['--version', TAMPERED],
      6,
      /ranking: expected SHA-256 b{64} at/,
    ],
  ];
  for (const [title, args, exit, sentence] of refused)
    it(`refuses ${title} (exit ${exit})`, async () => {
      const { code, stdout, stderr } = await explain(...args);
      assert.deepEqual([code, stdout], [exit, '']);
      assert.match(stderr, sentence);
    });

  it('has nothing to explain before the first promotion (exit 3)', async () => {
    const { code, stderr } = await livePool(['explain', '--state', join(folder(), 'empty')]);
    assert.equal(code, 3);
    assert.match(stderr, /Nothing has been promoted yet\. Run: live-pool run/);
  });
});
