import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../../functions/environment.js';
import { materialise } from '../../../functions/materialise/materialise.js';
import { permanent, transient } from '../../../shared/codec/failure.js';
import { sha256 } from '../../../shared/codec/hash.js';
import { decodeMessage } from '../../../shared/messages/decode-message.js';
import { LivePoolPublished } from '../../../shared/messages/live-pool-published.js';
import { PoolRanked } from '../../../shared/messages/pool-ranked.js';
import type { LogEntry } from '../../../shared/ports/log.js';
import { faultFreeMonth, type Month } from '../../support/fault-free-month.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { outcomeOf, type World } from '../../support/memory-world.js';
import { bytesAt, contentsOf, copyOf } from '../../support/world-contents.js';

const KEY = 'evidence/2026-03-13-core_major/report.html';

const parsed = (data: Uint8Array | undefined) =>
  JSON.parse(Buffer.from(data ?? []).toString('utf8'));

describe('The report of a release', () => {
  let month: Month;

  before(async () => {
    month = await faultFreeMonth();
  });

  const fresh = (own: Partial<Environment> = {}) => copyOf(month.stages.materialise.before, own);

  /** The step alone: a delivery leaves one line, and a broken report another one. */
  const step = async ({ environment }: World, own: Partial<Environment> = {}) => {
    const { data } = month.stages.materialise.incoming;
    const message = getOrThrow(decodeMessage(PoolRanked)(parsed(data)));
    const log: LogEntry[] = [];
    const result = await materialise({ message, attributes: {}, publishedAt: new Date(0) })({
      ...environment,
      log: (entry) => {
        log.push(entry);
      },
      ...own,
    })();
    return { result, log };
  };

  it('is written beside the evidence, and every later event refers to it', async () => {
    const bytes = await bytesAt(month.world, KEY);
    const expected = {
      uri: `gs://test-bucket/crypto-live-pool-pipelines/${KEY}`,
      sha256: sha256(bytes),
    };
    for (const name of ['materialise', 'promote', 'sync-firestore'] as const)
      assert.deepEqual(
        parsed(month.stages[name].answer.published[0]?.data).payload.report,
        expected,
        name,
      );
  });

  it('is kept: a redelivery publishes the same reference, even if it would be rendered differently now', async () => {
    const world = await copyOf(month.afterOf('materialise'), {
      reporter: { render: () => TE.right('another page') },
    });
    const before = await contentsOf(world);
    const answer = await world.deliver('materialise', month.stages.materialise.incoming);
    assert.equal(outcomeOf(answer), 'already_done');
    assert.deepEqual(answer.published[0]?.data, month.stages.materialise.answer.published[0]?.data);
    assert.deepEqual((await contentsOf(world)).objects[KEY], before.objects[KEY]);
  });

  it('is referred to if it exists, even by a producer that could not render it', async () => {
    const world = await copyOf(month.afterOf('materialise'));
    const { result, log } = await step(world, {
      reporter: { render: () => TE.left(permanent('unexpected', 'No page')) },
    });
    const bytes = await bytesAt(world, KEY);
    assert.deepEqual(getOrThrow(result).outgoing?.payload, {
      ...parsed(month.stages.materialise.answer.published[0]?.data).payload,
      report: { uri: `gs://test-bucket/crypto-live-pool-pipelines/${KEY}`, sha256: sha256(bytes) },
    });
    assert.deepEqual(log, []);
  });

  it('is missing if it cannot be rendered, which is logged and does not stop the month', async () => {
    const world = await fresh();
    const cause = new Error('a bug');
    const { result, log } = await step(world, {
      reporter: { render: () => TE.left(permanent('unexpected', 'No page', { cause })) },
    });
    const { outgoing, outcome } = getOrThrow(result);
    assert.equal(outcome, 'done');
    assert.ok(outgoing && !('report' in outgoing.payload));
    assert.equal(
      outgoing.event_id,
      parsed(month.stages.materialise.answer.published[0]?.data).event_id,
    );
    assert.equal(log.length, 1);
    assert.equal(log[0]?.severity, 'ERROR');
    assert.equal(log[0]?.message, 'No page; the month continues without a report');
    assert.equal(log[0]?.cause, cause);
    assert.equal((await contentsOf(world)).objects[KEY], undefined);
  });

  it('waits for a store that fails: the message is delivered again', async () => {
    const world = await fresh();
    const { objects } = world.environment;
    const { result, log } = await step(world, {
      objects: {
        ...objects,
        write: (key, bytes, options) =>
          key === KEY
            ? TE.left(transient('unavailable', 'it is down'))
            : objects.write(key, bytes, options),
      },
    });
    assert.ok(E.isLeft(result) && result.left.kind === 'transient');
    assert.deepEqual(log, []);
  });

  it('may be missing from events: archived events lack it', () => {
    const { data } = month.stages['sync-firestore'].answer.published[0] ?? {};
    const event = parsed(data);
    const { report: _, ...payload } = event.payload;
    assert.ok(LivePoolPublished.is({ ...event, payload }));
    assert.ok(LivePoolPublished.is(event));
    assert.ok(!LivePoolPublished.is({ ...event, payload: { ...payload, report: 'a page' } }));
  });
});
