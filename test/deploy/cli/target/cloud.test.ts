import assert from 'node:assert/strict';
import { livePool, livePoolProcess, temporaryFolder } from '../../../support/cli.js';

/** What a line is refused with before anything is opened. */
const refusalOf = async (line: string): Promise<string> => {
  const { code, stdout, stderr } = await livePool(line.split(' '));
  assert.deepEqual([code, stdout], [2, ''], stderr);
  return stderr;
};

const PLACE = '--project some-project --bucket some-bucket';

describe('the options that name the target', () => {
  const { BUCKET: given } = process.env;
  before(() => {
    delete process.env.BUCKET;
  });
  after(() => {
    if (given !== undefined) process.env.BUCKET = given;
  });

  for (const [line, refusal] of [
    ['status --bucket some-bucket', /--bucket needs --project/],
    ['--bucket some-bucket status', /--bucket needs --project/],
    ['status --project some-project', /pass --bucket NAME or set BUCKET/],
    [`status --state here ${PLACE}`, /--state and --project cannot be combined/],
    [`--state here status ${PLACE}`, /--state and --project cannot be combined/],
    [`import --archive x ${PLACE}`, /supports state folders only/],
    [`monthly-shadow-build ${PLACE}`, /supports state folders only/],
    ['rollback --to v --reason r --wait 5', /--wait and --no-wait need --project/],
    ['run --no-wait', /--wait and --no-wait need --project/],
    [`run --wait soon ${PLACE}`, /--wait: expected a number of seconds, got soon/],
    [`run --wait 0 ${PLACE}`, /--wait: expected a number of seconds, got 0/],
    [`run --source csv ${PLACE}`, /--source: .* \(environment variable MARKET_DATA_SOURCE\)/],
    [`run --data-dir x ${PLACE}`, /--data-dir: .* \(environment variable MARKET_DATA_SOURCE\)/],
    [`run --metadata x ${PLACE}`, /--metadata: .* \(environment variable MARKET_DATA_SOURCE\)/],
    [
      `run --binance-url http://x ${PLACE}`,
      /--binance-url: .* \(environment variable BINANCE_URL\)/,
    ],
    [`run --pool-size 4 ${PLACE}`, /--pool-size: .* \(environment variable POOL_SIZE\)/],
    [
      `run --selection-meta ${PLACE}`,
      /--selection-meta: .* \(environment variable SELECTION_META\)/,
    ],
    [
      'dead-letters discard --function unknown --message-id 1',
      /--function: expected one of ingest/,
    ],
    ['dead-letters discard --function rank', /required option '--message-id <id>'/],
  ] as const)
    it(`rejects ${line}`, async () => {
      assert.match(await refusalOf(line), refusal);
    });
});

describe('a deployment that cannot be reached', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const withoutCredentials = () => ({
    HOME: folder(),
    CLOUDSDK_CONFIG: folder(),
    METADATA_SERVER_DETECTION: 'none',
    GOOGLE_APPLICATION_CREDENTIALS: '',
  });
  const status = (environment: Readonly<Record<string, string>>, project = 'some-project') =>
    livePoolProcess(['status', '--project', project, '--bucket', 'some-bucket'], {
      environment: { ...withoutCredentials(), ...environment },
    });

  it('names the login command if there are no credentials', async () => {
    const [none, lost] = await Promise.all([
      status({}),
      status({ GOOGLE_APPLICATION_CREDENTIALS: `${folder()}/lost.json` }),
    ]);
    for (const { code, stdout, stderr } of [none, lost]) {
      assert.match(stderr, /^error: .*Run: gcloud auth application-default login\n$/);
      assert.deepEqual([code, stdout], [7, '']);
    }
  });

  it('names the invalid settings', async () => {
    const { code, stderr } = await status({ ROOT_PREFIX: '/slash' }, '12345');
    assert.equal(code, 7);
    assert.match(stderr, /GOOGLE_CLOUD_PROJECT: expected ProjectId .* got "12345"/);
    assert.match(stderr, /ROOT_PREFIX: expected RootPrefix/);
  });
});
