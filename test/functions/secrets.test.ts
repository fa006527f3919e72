import assert from 'node:assert/strict';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent, transient, unavailable } from '../../shared/codec/failure.js';
import { parseIsoDay } from '../../shared/day.js';
import { openCloudEnvironment } from '../../shared/gcp/environment.js';
import { parseBarCsv } from '../../shared/market-data/csv-bars.js';
import { demoSource } from '../../shared/market-data/demo-source.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { capturedLines } from '../support/captured-lines.js';
import { DEMO_REQUEST, faultFreeMonth, json } from '../support/fault-free-month.js';
import type { Answer, World } from '../support/memory-world.js';
import { push } from '../support/push-delivery.js';

/** Each with a core that must not be seen anywhere. */
const SECRETS: readonly (readonly [string, string])[] = [
  ['Bearer s3cr3tAccess.abc', 's3cr3tAccess'],
  ['ya29.s3cr3tOauth-abc', 's3cr3tOauth'],
  ['AIzaS3cr3tApiKey-abcdefghijklmnopqrst', 'S3cr3tApiKey'],
  ['https://robot:s3cr3tPass@host.test/path', 's3cr3tPass'],
  ['-----BEGIN PRIVATE KEY-----\ns3cr3tPem\n-----END PRIVATE KEY-----', 's3cr3tPem'],
  ['password=s3cr3tSetting', 's3cr3tSetting'],
  ['eyJhbGciOiJSUzI1NiJ9.eyJzM2NyM3RKd3QiOjF9.c2lnbmF0dXJl', 'eyJzM2NyM3RKd3Qi'],
];
const ALL = SECRETS.map(([text]) => text).join(' and ');

/** Every line that was written, and every answer: the framework prints what a function throws. */
const assertDiscreet = (raw: readonly string[], answers: readonly { readonly body: string }[]) => {
  assert.ok(raw.length > 0);
  for (const said of [...raw, ...answers.map(({ body }) => body)])
    for (const [, core] of SECRETS) assert.ok(!said.includes(core), `${core} in ${said}`);
};

const failing = (failure: () => Failure): MarketDataSource => ({
  ...demoSource(),
  metadata: () => TE.left(failure()),
});

const caught = (): Error => {
  const error = new Error(`refused: ${ALL}`, { cause: new TypeError(`socket to ${ALL}`) });
  return Object.assign(error, { config: { headers: { Authorization: ALL } } });
};

const context = {
  headers: { Authorization: 'Custom s3cr3tPass', cookie: 's3cr3tPass' },
  tried: [ALL, { url: ALL }],
  [ALL]: 1,
};

describe('A secret', () => {
  const tell = async (
    deliver: (world: World) => Promise<Answer>,
    source?: MarketDataSource,
  ): Promise<Answer> => {
    const captured = capturedLines();
    const answer = await deliver(captured.world(source === undefined ? {} : { source }));
    assertDiscreet(captured.raw, [answer]);
    assert.ok(captured.raw.join().includes('[redacted]'), 'it would have been said');
    for (const { attributes } of answer.published)
      assertDiscreet([String(attributes.dead_letter_reason)], []);
    return answer;
  };

  for (const [text] of SECRETS)
    it(`in a malformed request is redacted: ${text.slice(0, 12)}…`, async () => {
      await tell((world) => world.deliver('ingest', { data: json({ note: text }) }));
      await tell((world) => world.deliver('ingest', { data: json({ mode: text }) }));
    });

  it('is recognised by the name of its field', async () => {
    for (const name of ['password', 'apiKey', 'x-goog-token', 'client_secret'])
      await tell((world) =>
        world.deliver('ingest', { data: json({ [name]: 's3cr3tPass', as_of_date: 's3cr3' }) }),
      );
    const data = new TextEncoder().encode('{"token":s3cr3tPass}');
    await tell((world) => world.deliver('ingest', { data }));
  });

  it('in the attributes of a message is redacted, whether or not it decodes', async () => {
    const attributes = { run_id: ALL, version: ALL, traceparent: ALL, reason: ALL, intent: ALL };
    await tell((world) => world.deliver('promote', { data: json({}), attributes }));
    const { before, incoming } = (await faultFreeMonth()).stages.promote;
    const { objects, documents } = before.environment;
    const captured = capturedLines();
    const world = captured.world({ objects, documents });
    const answer = await world.deliver('promote', { data: incoming.data, attributes });
    assertDiscreet(captured.raw, [answer]);
  });

  for (const [what, failure] of [
    ['permanent', () => permanent('upstream-incomplete', ALL, { cause: caught(), context })],
    ['transient', () => transient('unavailable', ALL, { cause: caught(), context })],
    ['of a store', () => unavailable(`read ${ALL}`)(caught())],
  ] as const)
    it(`in a failure that is ${what} is redacted: message, fields, names, stacks`, async () => {
      const source = failing(failure);
      await tell((world) => world.deliver('ingest', { data: json(DEMO_REQUEST) }), source);
    });

  it('in an exception is redacted in the log line and in the error thrown to the framework', async () => {
    const source: MarketDataSource = {
      ...demoSource(),
      metadata: () => {
        throw caught();
      },
    };
    const answer = await tell(
      (world) => world.deliver('ingest', { data: json(DEMO_REQUEST) }),
      source,
    );
    assert.equal(answer.status, 500);
  });

  it('in a file of bars is redacted', async () => {
    for (const [text] of SECRETS) {
      const header = 'date,open,high,low,close,volume,quote_volume';
      const csv = `${header}\n2026-03-13,${text.replaceAll('\n', ' ')},1,1,1,1,1\n`;
      const parsed = parseBarCsv('BTCUSDT', csv, parseIsoDay);
      assert.ok(parsed._tag === 'Left');
      const problems = JSON.stringify(parsed.left);
      const source = failing(() => permanent('malformed-input', problems));
      await tell((world) => world.deliver('ingest', { data: json(DEMO_REQUEST) }), source);
    }
  });

  it('in the configuration is redacted in the log line and in the start-up failure', async () => {
    for (const [text] of SECRETS) {
      const lines: string[] = [];
      const env = {
        GOOGLE_CLOUD_PROJECT: text,
        BUCKET: text,
        POOL_SIZE: text,
        MARKET_DATA_SOURCE: text,
        BINANCE_URL: text,
        API_TOKEN: text,
      };
      const provide = async () => {
        const stdout = { write: (line: string) => void lines.push(line) };
        const clock = () => new Date('2026-04-01T00:15:30Z');
        const cloud = await openCloudEnvironment({ env, clock, stdout });
        return { ...(await faultFreeMonth()).world.environment, ...cloud };
      };
      const message = { data: '', messageId: '1', publishTime: '2026-03-14T00:00:00Z' };
      const answer = await push(provide, 'rank', message);
      assert.equal(answer.status, 500);
      assert.match(answer.body, /POOL_SIZE: expected /);
      assertDiscreet(lines, [answer]);
    }
  });
});

describe('A payload of any size', () => {
  const HUGE = 'x'.repeat(2_000_000);

  it('makes a line that Cloud Logging accepts', async () => {
    const captured = capturedLines();
    const world = captured.world();
    const attributes = { run_id: HUGE, version: HUGE, traceparent: HUGE };
    await world.deliver('promote', { data: json({ [HUGE]: HUGE }), attributes });
    await world.deliver('ingest', { data: json({ [HUGE]: HUGE, mode: HUGE }) });
    const source = failing(() =>
      permanent('upstream-incomplete', HUGE, {
        cause: new Error(HUGE),
        context: { HUGE, [HUGE]: HUGE, list: Array.from({ length: 1000 }, () => HUGE) },
      }),
    );
    await captured.world({ source }).deliver('ingest', { data: json(DEMO_REQUEST) });
    assert.equal(captured.raw.length, 3);
    for (const line of captured.raw) assert.ok(Buffer.byteLength(line) < 128 * 1024);
  });
});
