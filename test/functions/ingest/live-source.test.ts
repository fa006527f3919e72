import assert from 'node:assert/strict';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { transient } from '../../../shared/codec/failure.js';
import type { MarketDataSource } from '../../../shared/market-data/market-data-source.js';
import type { DocumentStore } from '../../../shared/ports/document-store.js';
import { dayRange } from '../../support/day-range.js';
import { type Answer, memoryWorld, outcomeOf, type World } from '../../support/memory-world.js';
import { documentAt } from '../../support/world-contents.js';
import { keysOf, request, said } from './ingest-messages.js';
import { smallMarket } from './small-market.js';

/** A market whose volumes are others whenever it is asked. */
const restlessMarket = (live: boolean) => {
  const market = smallMarket(undefined, { live });
  const source: MarketDataSource & Pick<typeof market, 'asked'> = {
    ...market,
    bars: (symbols, range) =>
      pipe(
        market.bars(symbols, range),
        TE.map((all) =>
          all.map((one) => ({
            ...one,
            volume: one.volume.map((volume) => volume * market.asked.length),
          })),
        ),
      ),
  };
  return source;
};

const claimOf = (world: World, answer: Answer) =>
  documentAt(world, { collection: 'live_pool_snapshots', document: said(answer).run_id });

const manifests = async (world: World): Promise<readonly string[]> =>
  (await keysOf(world)).filter((key) => /^snapshots\/.*\/manifest\.json$/.test(key));

/** The store, except that something happens before a snapshot is claimed. */
const beforeClaim = (
  documents: DocumentStore,
  happens: () => TE.TaskEither<ReturnType<typeof transient>, unknown>,
): DocumentStore => ({
  ...documents,
  create: (path, data) =>
    path.collection === 'live_pool_snapshots'
      ? pipe(
          happens(),
          TE.chain(() => documents.create(path, data)),
        )
      : documents.create(path, data),
});

describe('On a live source', () => {
  it('a run keeps the first snapshot sealed for it, even if the source changes later', async () => {
    const source = restlessMarket(true);
    const world = memoryWorld({ source });
    const first = await request(world);
    const again = await request(world);
    assert.deepEqual([first, again].map(outcomeOf), ['done', 'already_done']);
    assert.deepEqual(again.published, first.published);
    assert.equal(source.asked.length, 1);
    const counts = { candidates: 3, covered: 3 };
    assert.deepEqual(await claimOf(world, first), {
      snapshot: said(first).payload.snapshot,
      data_quality: counts,
    });
    assert.deepEqual(again.log[0]?.data_quality, counts);
  });

  it('two concurrent runs publish the same snapshot, which the first one sealed', async () => {
    const first = memoryWorld({ source: restlessMarket(true) });
    const { objects, documents } = first.environment;
    const other = restlessMarket(true);
    other.bars([], dayRange(0, 0));
    const answers: Answer[] = [];
    const second = memoryWorld({
      source: other,
      objects,
      documents: beforeClaim(documents, () =>
        TE.fromTask(async () => answers.push(await request(first))),
      ),
    });
    answers.push(await request(second));
    assert.deepEqual(answers.map(outcomeOf), ['done', 'already_done']);
    assert.deepEqual(answers[1]?.published, answers[0]?.published);
    assert.equal((await manifests(first)).length, 2);
  });

  it('a run that crashes before it has recorded its snapshot may seal another one', async () => {
    let deaths = 0;
    const world = memoryWorld({ source: restlessMarket(true) }, ({ documents }) => ({
      documents: beforeClaim(documents, () =>
        deaths++ === 0 ? TE.left(transient('unavailable', 'gone')) : TE.right(undefined),
      ),
    }));
    assert.equal((await request(world)).status, 500);
    const second = await request(world);
    const third = await request(world);
    assert.deepEqual([second, third].map(outcomeOf), ['done', 'already_done']);
    assert.deepEqual(third.published, second.published);
    assert.equal((await manifests(world)).length, 2);
  });

  it('a dry run does not decide for the real one', async () => {
    const world = memoryWorld({ source: restlessMarket(true) });
    const dry = await request(world, { dry_run: true });
    const real = await request(world);
    assert.equal(outcomeOf(real), 'done');
    assert.notEqual(said(real).payload.snapshot.sha256, said(dry).payload.snapshot.sha256);
  });
});

describe('On files', () => {
  it('a run reads them again and seals their current content', async () => {
    const world = memoryWorld({ source: restlessMarket(false) });
    const first = await request(world);
    const again = await request(world);
    assert.deepEqual([first, again].map(outcomeOf), ['done', 'done']);
    assert.notEqual(said(again).payload.snapshot.sha256, said(first).payload.snapshot.sha256);
    assert.equal(await claimOf(world, first), undefined);
  });
});
