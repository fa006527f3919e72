import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { curlLine, gcloudLine, guidance } from '../../../deploy/emulators/startup-message.js';
import { decodeJson } from '../../../shared/codec/decode.js';
import { RunRequest } from '../../../shared/messages/monthly-run-requested.js';

const served = {
  variables: { PUBSUB_EMULATOR_HOST: '127.0.0.1:1', BUCKET: 'b' },
  pubsubHost: '127.0.0.1:1',
  projectId: 'some-project',
  functionsUrl: 'http://127.0.0.1:2',
  logFolder: '/logs',
};

const quoted = (line: string, before: string): string =>
  new RegExp(`${before}'(?<text>[^']*)'$`).exec(line)?.groups?.text ?? 'nothing';

describe('the start-up message of the emulators', () => {
  it('consists of shell exports and comments', () => {
    const lines = guidance(served).split('\n');
    assert.deepEqual(lines.slice(0, 3), [
      'export PUBSUB_EMULATOR_HOST=127.0.0.1:1',
      'export BUCKET=b',
      '',
    ]);
    assert.ok(lines.slice(3).every((line) => line.startsWith('#')));
    for (const part of [curlLine(served), gcloudLine(served), served.functionsUrl, '/logs'])
      assert.ok(guidance(served).includes(part), part);
  });

  it('gives curl and gcloud commands that publish the same valid request', () => {
    const { messages } = JSON.parse(quoted(curlLine(served), '-d '));
    const overRest = Buffer.from(messages[0].data, 'base64').toString('utf8');
    assert.equal(overRest, quoted(gcloudLine(served), '--message='));
    assert.deepEqual(
      decodeJson(RunRequest)(overRest),
      E.right({ as_of_date: '2026-03-13', allow_stale: true }),
    );
    assert.match(
      curlLine(served),
      / http:\/\/127\.0\.0\.1:1\/v1\/projects\/some-project\/topics\/monthly-run-requested:publish /,
    );
    assert.match(gcloudLine(served), / publish monthly-run-requested --project=some-project /);
  });
});
