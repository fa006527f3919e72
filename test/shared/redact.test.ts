import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isSecretName, redacted } from '../../shared/redact.js';

const PEM = '-----BEGIN PRIVATE KEY-----\nMIIEvQ\nIBADAN\n-----END PRIVATE KEY-----';
const JWT = `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2FjY291bnRzIn0.c2lnbmF0dXJl`;

const secrets: readonly (readonly [string, string])[] = [
  ['Authorization: Bearer abc.def', 'Authorization: [redacted]'],
  ['authorization: Custom one two\nhost: h', 'authorization: [redacted]\nhost: h'],
  ['{"authorization":"Bearer abc","host":"h"}', '{"authorization":[redacted],"host":"h"}'],
  ['sent Bearer abc-def_123=', 'sent Bearer [redacted]'],
  ['sent Basic dXNlcjpwYXNz.', 'sent Basic [redacted].'],
  [`the key ${PEM} of it`, 'the key [redacted] of it'],
  [PEM.replaceAll('\n', '\\n'), '[redacted]'],
  [PEM.slice(0, 40), '[redacted]'],
  ['token ya29.a0AfH6SMBx-y_z', 'token [redacted]'],
  ['AIzaSyD-1234567890abcdefghijklmnopqrstu', '[redacted]'],
  ['GOCSPX-abcdefghijklmnop', '[redacted]'],
  ['sent 1//0gAbCdEfGhIjKlMnOpQrStUvWx-yz_', 'sent [redacted]'],
  ['github_pat_11ABCDEFG0abcdefghijkl, ASIAABCDEFGHIJKLMNOP', '[redacted], [redacted]'],
  [`got ${JWT}`, 'got [redacted]'],
  ['https://user:pass@host/path', 'https://[redacted]@host/path'],
  ['https://user:p/a:s@host/path', 'https://[redacted]@host/path'],
  ['redis://:pass@host:6379', 'redis://[redacted]@host:6379'],
  ['GET /x?access_token=abc&page=2', 'GET /x?access_token=[redacted]&page=2'],
  ['X-Goog-Signature=0123456789abcdef', 'X-Goog-Signature=[redacted]'],
  ['PASSWORD = "two words"; then', 'PASSWORD = [redacted]; then'],
  ['"client_secret": \'abc\', "a": 1', '"client_secret": [redacted], "a": 1'],
  [
    'request: password: expected no such field, got "hunter2"',
    'request: password: expected no such field, got [redacted]',
  ],
  [
    'api_key: expected Mode (letters, e.g. a), got {"a":1}; mode: expected x, got y',
    'api_key: expected Mode (letters, e.g. a), got [redacted]; mode: expected x, got y',
  ],
];

const ordinary: readonly string[] = [
  'Could not read current/live_pool.json: 503',
  `manifest: expected SHA-256 ${'0a1b2c3d'.repeat(8)}, got ${'f9e8d7c6'.repeat(8)}`,
  'gs://some-bucket/crypto-live-pool-pipelines/releases/2026-03-31-core_major/live_pool.json',
  '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  '2026-03-13-core_major-e7f69a585563',
  'serviceAccount:promote@some-project.iam.gserviceaccount.com lacks storage.objects.create',
  'https://api.binance.com/api/v3/klines?symbol=BTCUSDT&limit=1000',
  'http://localhost:8080/projects/p/topics/t',
  'monthly-run-requested: not JSON: Unexpected token \'a\', "as_of_date"... is not valid JSON',
  'publishTime: expected an ISO 8601 instant, got ""',
  'events/release-materialised/0a1b.json: the message of promotion 1 is missing',
  'the bearer of it is a key in object a/b:c',
];

describe('Text that people read', () => {
  for (const [text, safe] of secrets)
    it(`is redacted: ${safe.slice(0, 60)}`, () => {
      const said = redacted(text);
      assert.equal(said, safe);
      assert.equal(redacted(said), said, 'a second time changes nothing');
    });

  for (const text of ordinary)
    it(`is unchanged without a secret: ${text.slice(0, 60)}`, () => {
      assert.equal(redacted(text), text);
    });

  it('takes time in proportion to its length for any content', () => {
    const seeds = [
      'a',
      'token',
      'token: expected ',
      '://',
      'eyJ-',
      '-----BEGIN PRIVATE KEY-----',
      '"',
    ];
    for (const seed of seeds) {
      const text = seed.repeat(Math.ceil(50_000 / seed.length));
      // Processor time, which a busy machine does not stretch; quadratic time would be minutes.
      const start = process.cpuUsage();
      redacted(text);
      const { user } = process.cpuUsage(start);
      assert.ok(user < 2_000_000, `${seed}: ${user} microseconds`);
    }
  });

  it('never fails', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => typeof redacted(text) === 'string'),
    ));
});

describe('A name', () => {
  it('may indicate a secret', () => {
    for (const name of ['Authorization', 'x-api-key', 'privateKey', 'client_secret', 'idToken'])
      assert.ok(isSecretName(name), name);
    for (const name of ['key', 'sha256', 'run_id', 'reason', 'event_id'])
      assert.ok(!isSecretName(name), name);
  });
});
