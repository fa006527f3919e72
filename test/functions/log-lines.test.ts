import assert from 'node:assert/strict';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { permanent } from '../../shared/codec/failure.js';
import { DEMO_NOW } from '../../shared/market-data/demo-source.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { DEMO_REQUEST, faultFreeMonth, json } from '../support/fault-free-month.js';
import { memoryWorld } from '../support/memory-world.js';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('The line of a delivery that failed', () => {
  it('has run, version and trace of the attributes, even if the message cannot be decoded', async () => {
    const { log } = await memoryWorld().deliver('promote', {
      data: json({ nonsense: true }),
      attributes: {
        run_id: 'a-run',
        version: '2026-03-13-core_major',
        traceparent: TRACEPARENT,
        reason: 'none of its business',
      },
    });
    const { message, ...line } = log[0] ?? {};
    assert.match(String(message), /^release-materialised: /);
    assert.deepEqual(line, {
      severity: 'ERROR',
      stage: 'promote',
      outcome: 'dead_letter',
      code: 'malformed-input',
      message_id: 'message-1',
      run_id: 'a-run',
      version: '2026-03-13-core_major',
      traceparent: TRACEPARENT,
      cause: undefined,
      duration_ms: 0,
    });
  });

  it('has the caught error, which no context of a failure can replace', async () => {
    const caught = new Error('socket hang up');
    const source: MarketDataSource = {
      ...memoryWorld().environment.source,
      metadata: () =>
        TE.left(
          permanent('upstream-incomplete', 'Half of the market is missing.', {
            cause: caught,
            context: { missing: 12, severity: 'INFO', message_id: 'another', outcome: 'done' },
          }),
        ),
    };
    const { log } = await memoryWorld({ source }).deliver('ingest', { data: json(DEMO_REQUEST) });
    const { run_id, version, traceparent } =
      (await faultFreeMonth()).stages.ingest.answer.log[0] ?? {};
    assert.notEqual(run_id, undefined);
    assert.deepEqual(log[0], {
      severity: 'ERROR',
      stage: 'ingest',
      outcome: 'dead_letter',
      code: 'upstream-incomplete',
      message: 'Half of the market is missing.',
      message_id: 'message-1',
      run_id,
      version,
      traceparent,
      waited_ms: Date.parse(DEMO_NOW) - Date.parse('2026-03-14T00:15:30.250Z'),
      duration_ms: 0,
      missing: 12,
      cause: caught,
    });
  });
});

describe('The line of a delivery that succeeded', () => {
  it("has the fields of the step's result in preference to the message's attributes", async () => {
    const { world, stages } = await faultFreeMonth();
    const { incoming, answer } = stages.promote;
    const attributes = { run_id: 'a-lie', version: 'a-lie', traceparent: TRACEPARENT };
    const { log } = await world.deliver('promote', {
      ...incoming,
      attributes: { ...incoming.attributes, ...attributes },
    });
    const [first] = answer.log;
    assert.deepEqual(
      [log[0]?.run_id, log[0]?.version, log[0]?.traceparent],
      [first?.run_id, first?.version, incoming.attributes?.traceparent],
    );
    assert.notEqual(first?.traceparent, undefined);
  });

  it('has the age of the release if the function reads it', async () => {
    const { stages } = await faultFreeMonth();
    const told = Object.values(stages).map(({ answer: { log } }) => [
      log[0]?.stage,
      log[0]?.promotion_seq,
      log[0]?.release_age_days,
      log[0]?.days_left,
    ]);
    assert.deepEqual(told, [
      ['ingest', undefined, undefined, undefined],
      ['rank', undefined, undefined, undefined],
      ['materialise', undefined, undefined, undefined],
      ['promote', 1, 1, 44],
      ['sync-firestore', 1, 1, 44],
    ]);
  });
});
