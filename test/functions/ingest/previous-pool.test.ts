import assert from 'node:assert/strict';
import type { Mode } from '../../../shared/codec/primitives.js';
import type { Release } from '../../../shared/contract/release.js';
import { encodeMessage } from '../../../shared/messages/envelope.js';
import type { Attributes } from '../../../shared/ports/publisher.js';
import { json } from '../../support/fault-free-month.js';
import {
  handMadeRelease,
  materialisedMessage,
  putRelease,
} from '../../support/hand-made-release.js';
import { type Answer, memoryWorld, outcomeOf, type World } from '../../support/memory-world.js';
import { smallMarket } from './small-market.js';

const poolOf = (...bases: readonly string[]) => ({
  pool: bases.map((baseAsset) => ({ symbol: `${baseAsset}USDT`, baseAsset })),
});

const december = handMadeRelease('2025-12-31', poolOf('TRX', 'ETH', 'BCH', 'NEAR', 'LTC'));
const january = handMadeRelease('2026-01-31', poolOf('TRX', 'ETH', 'BCH', 'NEAR', 'SOL'));
const february = handMadeRelease('2026-02-28', poolOf('TRX', 'ETH', 'BCH', 'LTC', 'ADA'));
const ofAnotherMode = handMadeRelease('2026-02-28', { mode: 'broad_liquid' as Mode });

/** A market that has every coin of the pools. */
const marketOfPools = () =>
  smallMarket(undefined, { more: ['BCHUSDT', 'ETHUSDT', 'NEARUSDT', 'SOLUSDT'] });

const worldWith = async (...releases: readonly Release[]): Promise<World> => {
  const world = memoryWorld({ source: marketOfPools() });
  for (const release of releases) {
    await putRelease(world.environment.objects, release);
    await promote(world, release);
  }
  return world;
};

const promote = async (world: World, release: Release, attributes: Attributes = {}) => {
  const message = materialisedMessage(release, { allow_stale: true });
  // Readers accept one mode: a release of another is another deployment's, on the same stores.
  const { objects, documents, config } = world.environment;
  const deployment = memoryWorld({
    objects,
    documents,
    config: {
      ...config,
      defaultMode: release.livePool.mode,
      readers: { ...config.readers, mode: release.livePool.mode },
    },
  });
  const answer = await deployment.deliver('promote', { data: encodeMessage(message), attributes });
  assert.equal(outcomeOf(answer), 'done');
};

/** The previous pool that a run for the day is claimed with. */
const claimed = async (world: World, request: object): Promise<unknown> => {
  assert.match(outcomeOf(await world.deliver('ingest', { data: json(request) })), /done$/);
  const found = await world.environment.documents.list('live_pool_runs')();
  if (found._tag === 'Left') throw new Error(found.left.message);
  return found.right.at(-1)?.data.previous_pool;
};

const MARCH = { as_of_date: '2026-03-13' };

describe('The previous pool of a run', () => {
  it('is empty before any promotion', async () => {
    assert.deepEqual(await claimed(await worldWith(), MARCH), []);
  });

  it('is that of the newest promoted release', async () => {
    const world = await worldWith(december, january, february);
    assert.deepEqual(await claimed(world, MARCH), february.livePool.symbols);
  });

  it('is of an earlier day than the run’s own', async () => {
    const world = await worldWith(december, january, february);
    const own = { as_of_date: '2026-02-28' };
    assert.deepEqual(await claimed(world, own), january.livePool.symbols);
  });

  it('is none that was rolled back', async () => {
    const world = await worldWith(december, january, february);
    const back = { intent: 'rollback', reason: 'bad input', expected_seq: '3' };
    await promote(world, january, back);
    assert.deepEqual(await claimed(world, MARCH), january.livePool.symbols);
  });

  it('is of the same mode', async () => {
    const world = await worldWith(january, ofAnotherMode);
    assert.deepEqual(await claimed(world, MARCH), january.livePool.symbols);
  });

  it('is the pool of the request, if it has one', async () => {
    const world = await worldWith(december, january);
    const named = { ...MARCH, previous_pool: ['LTCUSDT', 'ADAUSDT'] };
    assert.deepEqual(await claimed(world, named), ['LTCUSDT', 'ADAUSDT']);
    assert.deepEqual(await claimed(await worldWith(january), { ...MARCH, previous_pool: [] }), []);
  });

  it('is looked up once: what is promoted meanwhile does not change the run', async () => {
    const world = await worldWith(december, january);
    const first = await world.deliver('ingest', { data: json(MARCH) });
    await putRelease(world.environment.objects, february);
    await promote(world, february);
    const again = await world.deliver('ingest', { data: json(MARCH) });
    assert.equal(outcomeOf(again), 'already_done');
    assert.deepEqual(again.published, first.published);
    assert.deepEqual(await claimed(world, MARCH), january.livePool.symbols);
  });

  it('is that of the first run record, also for a run that looked it up earlier', async () => {
    const first = await worldWith(january);
    const { objects, documents } = first.environment;
    const answers: Answer[] = [];
    const second = memoryWorld({
      source: marketOfPools(),
      objects,
      documents: {
        ...documents,
        create: (path, data) => async () => {
          await putRelease(objects, february);
          await promote(first, february);
          answers.push(await first.deliver('ingest', { data: json(MARCH) }));
          return documents.create(path, data)();
        },
      },
    });
    answers.push(await second.deliver('ingest', { data: json(MARCH) }));
    assert.deepEqual(answers.map(outcomeOf), ['done', 'already_done']);
    assert.deepEqual(answers[1]?.published, answers[0]?.published);
    assert.deepEqual(await claimed(first, MARCH), february.livePool.symbols);
  });
});
