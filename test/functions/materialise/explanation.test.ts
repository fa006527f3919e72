import assert from 'node:assert/strict';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { writeExplanation } from '../../../functions/materialise/explanation.js';
import { writeModelRun } from '../../../functions/materialise/model-run.js';
import { encodeJson } from '../../../shared/codec/bytes.js';
import { unavailable } from '../../../shared/codec/failure.js';
import { sha256 } from '../../../shared/codec/hash.js';
import {
  type AsOfDate,
  type Mode,
  type Timestamp,
  versionOf,
} from '../../../shared/codec/primitives.js';
import { Explanation } from '../../../shared/evidence/explanation.js';
import { RankingEvidence } from '../../../shared/evidence/ranking.js';
import { explain } from '../../../shared/explanation/explain.js';
import { memoryObjectStore } from '../../../shared/local/memory-object-store.js';
import { makeMessage, type RunId } from '../../../shared/messages/envelope.js';
import type { PoolRanked } from '../../../shared/messages/pool-ranked.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import { CONTENT_TYPES } from '../../../shared/ports/write-once.js';
import { referenceTo } from '../../../shared/releases/read-referenced-object.js';
import { augustTie, evidenceOf, name } from '../../shared/explanation/constructed-evidence.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { TEST_CONFIG } from '../../support/memory-world.js';

const asOf = '2026-07-31' as AsOfDate;
const mode = 'core_major' as Mode;
const version = versionOf(asOf, mode);
const run_id = `${version}-ffffffffffff` as RunId;
const KEY = `evidence/${version}/explanation.json`;

const first = evidenceOf(augustTie(name('SOLUSDT', [6, 6, 6]), name('ZECUSDT', [7, 5, 5])));
// The same places from other raw scores: the same release, explained with other numbers.
const second: RankingEvidence = {
  ...first,
  universe: first.universe.map((row) => ({ ...row, tree: { ...row.tree, raw: row.rule.raw } })),
};

const bytesOf = (ranking: RankingEvidence) =>
  getOrThrow(encodeJson(RankingEvidence, 'ranking.json')(ranking));
const explained = (ranking: RankingEvidence) =>
  Buffer.from(getOrThrow(encodeJson(Explanation, 'explanation.json')(explain(ranking)))).toString();

describe('the explanation beside a release', () => {
  let objects: ObjectStore;
  beforeEach(() => {
    objects = memoryObjectStore();
  });

  const stored = async (key: string): Promise<string | undefined> =>
    O.toUndefined(
      O.map(({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString())(
        getOrThrow(await objects.read(key)()),
      ),
    );

  const put = async (key: string, bytes: Uint8Array): Promise<void> => {
    const options = { ifGenerationMatch: 0, contentType: CONTENT_TYPES.json };
    getOrThrow(await objects.write(key, bytes, options)());
  };

  const messageOf = async (ranking: RankingEvidence, dry_run = false): Promise<PoolRanked> => {
    const bytes = bytesOf(ranking);
    const key = `evidence/${version}/rankings/${sha256(bytes)}.json`;
    await put(key, bytes);
    const cause = { event_id: null, run_id, occurred_at: `${asOf}T00:00:00+00:00` as Timestamp };
    const reference = referenceTo(TEST_CONFIG, key, bytes);
    const facts = { mode, as_of_date: asOf, version, dry_run, allow_stale: false };
    return makeMessage('pool-ranked', cause, { ...facts, snapshot: reference, ranking: reference });
  };

  const modelRunOf = async (message: PoolRanked, ranking: RankingEvidence) =>
    getOrThrow(await writeModelRun({ objects, config: TEST_CONFIG }, message, ranking)());

  const keep = async (ranking: RankingEvidence, dry_run = false) => {
    const message = await messageOf(ranking, dry_run);
    const modelRun = await modelRunOf(message, ranking);
    return writeExplanation({ objects, config: TEST_CONFIG }, message, ranking, modelRun)();
  };

  it('is written once, and again with the same bytes', async () => {
    getOrThrow(await keep(first));
    assert.equal(await stored(KEY), explained(first));
    getOrThrow(await keep(first));
    assert.equal(await stored(KEY), explained(first));
  });

  it('is written under scratch on a dry run', async () => {
    getOrThrow(await keep(first, true));
    assert.equal(await stored(KEY), undefined);
    assert.equal(await stored(`scratch/${run_id}/${KEY}`), explained(first));
  });

  it('is about the ranking of the stored model run, whichever run comes to write it', async () => {
    await modelRunOf(await messageOf(first), first);
    assert.equal(await stored(KEY), undefined, 'the first run died, or knew no explanations');
    getOrThrow(await keep(second));
    assert.notEqual(explained(first), explained(second));
    assert.equal(await stored(KEY), explained(first));
  });

  it('is left as an earlier run wrote it', async () => {
    getOrThrow(await keep(first));
    getOrThrow(await keep(second));
    assert.equal(await stored(KEY), explained(first));
  });

  const broken: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'a model run that cannot be read',
      () => put(`evidence/${version}/model_run.json`, Buffer.from('{}')),
    ],
    [
      'a model run whose ranking is gone',
      async () => {
        const message = await messageOf(first);
        const { ranking } = message.payload;
        const lost = { ...ranking, uri: `${ranking.uri}.lost` };
        const changed = { ...message, payload: { ...message.payload, ranking: lost } };
        getOrThrow(await writeModelRun({ objects, config: TEST_CONFIG }, changed, first)());
      },
    ],
  ];
  for (const [title, damage] of broken)
    it(`is omitted if there is ${title}`, async () => {
      await damage();
      getOrThrow(await keep(second));
      assert.equal(await stored(KEY), undefined);
    });

  it('is tried again where the store fails', async () => {
    const message = await messageOf(first);
    const modelRun = await modelRunOf(message, first);
    const failing: ObjectStore = {
      ...objects,
      write: () => TE.left(unavailable('write')(new Error('no network'))),
    };
    const kept = await writeExplanation(
      { objects: failing, config: TEST_CONFIG },
      message,
      first,
      modelRun,
    )();
    assert.ok(kept._tag === 'Left');
    assert.equal(kept.left.kind, 'transient');
  });
});
