import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { transient } from '../../shared/codec/failure.js';
import { sha256 } from '../../shared/codec/hash.js';
import { logMetrics, matches } from '../../shared/log-metrics.js';
import { DEMO_NOW } from '../../shared/market-data/demo-source.js';
import { encodeMessage } from '../../shared/messages/envelope.js';
import { type CapturedLines, capturedLines, type Line } from '../support/captured-lines.js';
import { DEMO_REQUEST, json, runMonth } from '../support/fault-free-month.js';
import { handMadeRelease, materialisedMessage, putRelease } from '../support/hand-made-release.js';
import type { Incoming } from '../support/memory-world.js';

/** February's members are strangers to the demo market. */
const REQUEST = { ...DEMO_REQUEST, previous_pool: [] };

const LETTERS = /^[a-z][a-z_-]*$/;

/** A clock that goes on by 7 ms whenever it is read. */
const ticking = (): (() => Date) => {
  let now = Date.parse(DEMO_NOW);
  return () => {
    now += 7;
    return new Date(now);
  };
};

const told = (message: Incoming | undefined): Incoming => {
  if (message === undefined) throw new Error('no message has been published');
  return message;
};

/** All that a line can be about, in order: each delivery under the name that the tests use. */
const tellStory = async (captured: CapturedLines): Promise<readonly string[]> => {
  const names: string[] = [];
  const { raw } = captured;
  const said = (name: string): void => {
    assert.equal(raw.length, names.length + 1, `${name} is one line`);
    names.push(name);
  };
  const world = captured.world({ clock: ticking() });
  const { objects, documents } = world.environment;
  await world.deliver('reconcile', { data: json({}) });
  said('reconcile before anything');

  const february = handMadeRelease('2026-02-28');
  await putRelease(objects, february);
  const older = encodeMessage(materialisedMessage(february));
  const first = await world.deliver('promote', { data: older });
  said('promote february');
  await world.deliver('sync-firestore', told(first.published[0]));
  said('publish february');

  const stages = await runMonth(world, REQUEST);
  names.push(...stages.map(({ name }) => `month ${name}`));
  const [ingest, , , promote, publish] = stages.map(({ incoming }) => incoming);
  await world.deliver('ingest', told(ingest));
  said('ingest again');
  await world.deliver('promote', told(promote));
  said('promote again');
  await world.deliver('reconcile', { data: json({}) });
  said('reconcile');

  const rollback = { intent: 'rollback', reason: 'bad input', expected_seq: '2' };
  const back = await world.deliver('promote', { data: older, attributes: rollback });
  said('roll back');
  await world.deliver('sync-firestore', told(back.published[0]));
  said('publish rollback');
  await world.deliver('promote', told(promote));
  said('promote late');
  await world.deliver('sync-firestore', told(publish));
  said('publish late');

  await world.deliver('rank', { data: json('no message at all') });
  said('rank nonsense');
  await world.deliver('reconcile', { data: json({}) });
  said('reconcile without archive');
  const down = captured.world({ objects, documents, clock: ticking() }, () => ({
    documents: {
      ...documents,
      get: () => async () =>
        E.left(
          transient('unavailable', 'Could not get it', { cause: new Error('socket hang up') }),
        ),
    },
  }));
  await down.deliver('ingest', { data: json(REQUEST) });
  said('ingest while stores are down');
  return names;
};

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  release_age_days: [
    'publish february',
    'month sync-firestore',
    'reconcile',
    'publish rollback',
    'reconcile without archive',
  ],
  promotion_sequence: [
    'promote february',
    'publish february',
    'month promote',
    'month sync-firestore',
    'promote again',
    'reconcile',
    'roll back',
    'publish rollback',
  ],
  dead_letters: ['rank nonsense', 'reconcile without archive'],
  superseded: ['promote late', 'publish late'],
  already_done: ['ingest again', 'promote again'],
  delivered_again: ['ingest while stores are down'],
  failures: ['rank nonsense', 'reconcile without archive', 'ingest while stores are down'],
  published: ['publish february', 'month sync-firestore', 'publish rollback'],
};

describe('The lines of a month, a rollback and their faults', () => {
  const captured = capturedLines();
  let names: readonly string[] = [];
  const linesOf = (isMeant: (name: string, line: Line) => boolean): readonly Line[] =>
    captured.lines().filter((line, index) => isMeant(names[index] ?? '', line));
  const lineOf = (name: string): Line => linesOf((one) => one === name)[0] ?? {};

  before(async () => {
    names = await tellStory(captured);
  });

  it('are each one line of JSON with the fixed fields', () => {
    for (const raw of captured.raw) {
      assert.equal(raw.indexOf('\n'), raw.length - 1);
      assert.ok(!raw.includes('[redacted]'), 'nothing ordinary looks like a secret');
      const line: Line = JSON.parse(raw);
      assert.match(String(line.severity), /^(INFO|ERROR)$/);
      assert.match(String(line.time), /^2026-03-14T00:30:\d\d\.\d{3}Z$/);
      assert.ok(String(line.message).length > 0);
      assert.match(String(line.stage), LETTERS);
      assert.match(String(line.outcome), LETTERS);
      assert.match(String(line.message_id), /^message-\d+$/);
      assert.ok(Number(line.duration_ms) >= 7, String(line.duration_ms));
    }
  });

  it('have run and release if the message can be decoded', () => {
    for (const line of linesOf((name) => !/nonsense|before|without/.test(name))) {
      assert.match(String(line.run_id), /^\d{4}-\d{2}-\d{2}-core_major-[0-9a-f]{12}$/);
      assert.match(String(line.version), /^\d{4}-\d{2}-\d{2}-core_major$/);
      assert.ok(Number.isFinite(line.waited_ms));
    }
  });

  it('of a month lie in one trace, from the request without attributes to its late duplicates', () => {
    const { run_id } = lineOf('month ingest');
    const about = linesOf((_, line) => line.run_id === run_id);
    assert.equal(about.length, 11);
    const trace = `projects/some-project/traces/${sha256(String(run_id)).slice(0, 32)}`;
    for (const line of about) {
      assert.equal(line['logging.googleapis.com/trace'], trace);
      assert.match(String(line['logging.googleapis.com/spanId']), /^[0-9a-f]{16}$/);
      assert.equal(line['logging.googleapis.com/trace_sampled'], true);
    }
    assert.notEqual(lineOf('roll back')['logging.googleapis.com/trace'], trace);
    assert.deepEqual(
      [lineOf('roll back'), lineOf('publish rollback')].map(({ run_id: of }) => of),
      [lineOf('promote february').run_id, lineOf('promote february').run_id],
    );
  });

  it('of a failure are events of Error Reporting, with the stack where something was caught', () => {
    const errors = linesOf((_, { severity }) => severity === 'ERROR');
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['malformed-input', 'contract-invalid', 'unavailable'],
    );
    for (const { stage, ...line } of errors) {
      assert.match(String(line['@type']), /\.clouderrorreporting\.v1beta1\.ReportedErrorEvent$/);
      assert.deepEqual(line.serviceContext, {
        service: stage,
        version: '0123456789abcdef0123456789abcdef01234567',
      });
    }
    assert.match(String(errors.at(-1)?.stack_trace), /^Error: socket hang up\n {4}at /);
  });

  it('have the promotion and the age of the release that readers use', () => {
    const facts = (name: string) => {
      const { promotion_seq, shown_seq, release_age_days, days_left } = lineOf(name);
      return [promotion_seq, shown_seq, release_age_days, days_left];
    };
    assert.deepEqual(
      facts('reconcile before anything'),
      Array.from({ length: 4 }, () => undefined),
    );
    assert.deepEqual(facts('month sync-firestore'), [2, undefined, 1, 44]);
    assert.deepEqual(facts('reconcile'), [2, 2, 1, 44]);
    assert.deepEqual(facts('publish rollback'), [3, undefined, 14, 31]);
    assert.deepEqual(facts('reconcile without archive'), [3, 3, 14, 31]);
  });

  for (const metric of logMetrics)
    it(`are counted by ${metric.name} exactly as specified`, () => {
      const counted = names.filter((name) => matches(metric, lineOf(name)));
      assert.deepEqual(counted, metric.name === 'stage_duration' ? names : EXPECTED[metric.name]);
      for (const name of counted) {
        const line = lineOf(name);
        if (metric.value !== undefined) assert.ok(Number.isFinite(line[metric.value]), name);
        for (const label of metric.labels) assert.match(String(line[label]), LETTERS, name);
      }
    });
});
