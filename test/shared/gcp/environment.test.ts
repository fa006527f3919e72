import assert from 'node:assert/strict';
import { FailureError } from '../../../shared/codec/failure.js';
import type { CloudEnv } from '../../../shared/gcp/config.js';
import { openCloudEnvironment } from '../../../shared/gcp/environment.js';
import { madeUpCsv } from '../../support/fake-exchange/fake-bars.js';
import { fakeExchange } from '../../support/fake-exchange/fake-exchange.js';
import { status } from '../../support/fake-exchange/faults.js';

const SOUND = {
  GOOGLE_CLOUD_PROJECT: 'some-project',
  BUCKET: 'some-bucket',
  SOURCE_REVISION: '0123456789abcdef0123456789abcdef01234567',
  MARKET_DATA_SOURCE: 'demo',
};
const NOW = new Date('2026-04-01T00:15:30Z');

const open = async (env: CloudEnv) => {
  const lines: Record<string, unknown>[] = [];
  const stdout = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const opening = openCloudEnvironment({ env, clock: () => NOW, stdout });
  const opened = await opening.catch((error: unknown) => error);
  return { opened, lines };
};

describe('The cloud environment', () => {
  it('opens without a network and closes', async () => {
    const lines: string[] = [];
    const environment = await openCloudEnvironment({
      env: SOUND,
      clock: () => NOW,
      stdout: { write: (line) => void lines.push(line) },
    });
    assert.equal(environment.config.bucket, 'some-bucket');
    assert.equal(environment.source.id, 'demo');
    assert.equal(environment.clock(), NOW);
    assert.deepEqual(lines, [], 'a start that succeeds says nothing');
    environment.log({ severity: 'INFO', message: 'here', stage: 'rank' });
    assert.equal(lines.length, 1);
    await environment.close();
  });

  it('logs all missing variables in one line, and rejects with the same message', async () => {
    const { opened, lines } = await open({ FUNCTION_TARGET: 'promote', POOL_SIZE: 'five' });
    assert.ok(opened instanceof FailureError);
    assert.equal(opened.failure.code, 'configuration');
    assert.equal(lines.length, 1);
    const [{ severity, stage, outcome, code, message } = {}] = lines;
    assert.deepEqual(
      { severity, stage, outcome, code },
      {
        severity: 'ERROR',
        stage: 'promote',
        outcome: 'will_be_delivered_again',
        code: 'configuration',
      },
    );
    assert.equal(message, opened.message);
    for (const name of ['GOOGLE_CLOUD_PROJECT', 'BUCKET', 'SOURCE_REVISION', 'POOL_SIZE'])
      assert.match(String(message), new RegExp(`\\b${name}: expected `));
  });

  it('names the function, not its entry point', async () => {
    const { lines } = await open({ FUNCTION_TARGET: 'syncFirestore' });
    assert.equal(lines[0]?.stage, 'sync-firestore');
  });

  it('names the service, or the start itself, where the target is unknown', async () => {
    const stageFor = async (env: CloudEnv) => (await open(env)).lines[0]?.stage;
    assert.equal(await stageFor({ K_SERVICE: 'rank', FUNCTION_TARGET: '' }), 'rank');
    assert.equal(await stageFor({}), 'start');
  });

  for (const name of ['binance', ''])
    it(`reads Binance by default (MARKET_DATA_SOURCE="${name}")`, async () => {
      const environment = await openCloudEnvironment({
        env: { ...SOUND, MARKET_DATA_SOURCE: name },
        clock: () => NOW,
      });
      assert.equal(environment.source.id, 'binance');
      assert.equal(environment.source.live, true);
      await environment.close();
    });

  it('logs each delay caused by the exchange as a warning of ingest', async () => {
    const exchange = await fakeExchange({
      bars: { BTCUSDT: madeUpCsv('2026-03-01', 3) },
      now: () => NOW,
      faults: [{ times: 1, reply: status(503) }],
    });
    const lines: Record<string, unknown>[] = [];
    const environment = await openCloudEnvironment({
      env: { ...SOUND, MARKET_DATA_SOURCE: 'binance', BINANCE_URL: exchange.url },
      clock: () => NOW,
      stdout: { write: (line) => void lines.push(JSON.parse(line)) },
    });
    try {
      assert.equal((await environment.source.metadata()())._tag, 'Right');
      assert.deepEqual(
        lines.map(({ severity, stage }) => [severity, stage]),
        [['WARNING', 'ingest']],
      );
      assert.match(String(lines[0]?.message), /HTTP 503; attempt 2 of 5/);
    } finally {
      await environment.close();
      await exchange.close();
    }
  });
});
