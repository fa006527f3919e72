import assert from 'node:assert/strict';
import { type AcceptingPubsub, acceptingPubsub } from '../support/accepting-pubsub.js';
import { pushTo, type ServerProcess, startFunction } from '../support/server-process.js';

const MALFORMED = {
  data: Buffer.from('{"lunch":true}').toString('base64'),
  attributes: { run_id: 'a-run' },
  messageId: '42',
  publishTime: '2026-04-01T00:15:30.250Z',
};
const SOUND = {
  GOOGLE_CLOUD_PROJECT: 'some-project',
  BUCKET: 'some-bucket',
  SOURCE_REVISION: '0123456789abcdef0123456789abcdef01234567',
  MARKET_DATA_SOURCE: 'demo',
};

/** What Cloud Logging would get; the framework's own words are no JSON. */
const structuredLines = (stdout: string): readonly Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

describe('A function as it is deployed', () => {
  let pubsub: AcceptingPubsub;
  let server: ServerProcess | undefined;

  before(async () => {
    pubsub = await acceptingPubsub();
  });
  afterEach(() => server?.stop());
  after(() => pubsub.close());

  it('dead-letters and acknowledges a message that it cannot decode, and logs one line', async () => {
    server = await startFunction('promote', { ...SOUND, PUBSUB_EMULATOR_HOST: pubsub.host });
    assert.equal(await pushTo(server, 'promote', MALFORMED), 204);
    assert.deepEqual(pubsub.calls, ['/google.pubsub.v1.Publisher/Publish']);
    const lines = structuredLines(await server.stop());
    assert.equal(lines.length, 1);
    const [{ severity, stage, outcome, code, message_id, run_id } = {}] = lines;
    assert.deepEqual(
      { severity, stage, outcome, code, message_id, run_id },
      {
        severity: 'ERROR',
        stage: 'promote',
        outcome: 'dead_letter',
        code: 'malformed-input',
        message_id: '42',
        run_id: 'a-run',
      },
    );
  });

  it('stays up without its configuration: every delivery is retried, and one line names all missing variables', async () => {
    server = await startFunction('promote', {});
    assert.equal(await pushTo(server, 'promote', MALFORMED), 500);
    assert.equal(await pushTo(server, 'promote', MALFORMED), 500);
    const lines = structuredLines(await server.stop());
    assert.equal(lines.length, 2, 'one failed start, one line');
    for (const { severity, stage, code, message } of lines) {
      assert.deepEqual(
        { severity, stage, code },
        { severity: 'ERROR', stage: 'promote', code: 'configuration' },
      );
      for (const name of ['GOOGLE_CLOUD_PROJECT', 'BUCKET', 'SOURCE_REVISION'])
        assert.match(String(message), new RegExp(`\\b${name}: expected .+, got nothing`));
    }
  });
});
