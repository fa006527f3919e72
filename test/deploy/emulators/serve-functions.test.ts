import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { routeOf } from '../../../deploy/emulators/function-router.js';
import { type FunctionsServer, serveFunctions } from '../../../deploy/emulators/serve-functions.js';
import { temporaryFolder } from '../../support/cli.js';
import { untilGone } from './support/processes.js';
import { type Recorder, startRecorder } from './support/request-recorder.js';

const modulePath = resolve(import.meta.dirname, 'support/recorded-functions.mjs');

describe('routeOf', () => {
  const cases: readonly (readonly [string, object | undefined])[] = [
    ['/rank/projects/p/topics/t', { name: 'rank', url: '/projects/p/topics/t' }],
    ['/sync-firestore', { name: 'sync-firestore', url: '/' }],
    ['/rank?x=1', { name: 'rank', url: '/?x=1' }],
    ['/', undefined],
    ['//rank', undefined],
    ['/%72ank', undefined],
  ];
  for (const [url, expected] of cases)
    it(`finds in ${url} ${expected === undefined ? 'no function' : 'the function'}`, () =>
      assert.deepEqual(routeOf(url), expected));
});

describe('serveFunctions', () => {
  const folder = temporaryFolder();
  let recorder: Recorder;
  let functions: FunctionsServer;
  const logFile = (): string => join(folder(), 'functions.log');
  const push = (path: string, data: unknown): Promise<Response> =>
    fetch(`${functions.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        message: {
          messageId: '7',
          publishTime: '2026-03-14T00:30:00Z',
          data: Buffer.from(JSON.stringify(data)).toString('base64'),
          attributes: { mode: 'm' },
        },
        subscription: 'projects/p/subscriptions/s',
      }),
    });

  before(async () => {
    recorder = await startRecorder();
    functions = await serveFunctions({
      modulePath,
      variables: { RECORDER: `http://${recorder.host}/` },
      logFile: logFile(),
    });
  });
  after(async () => {
    await functions.close();
    await recorder.close();
  });

  it('serves every registered function under its name, in a separate process', async () => {
    for (const name of ['ingest', 'rank']) {
      const { status } = await push(`/${name}/projects/p/topics/${name}-topic`, { month: 3 });
      assert.equal(status, 204);
      assert.deepEqual((await recorder.next()).body, {
        name,
        id: '7',
        source: `//pubsub.googleapis.com/projects/p/topics/${name}-topic`,
        data: { month: 3 },
        attributes: { mode: 'm' },
        pid: functions.pid(),
      });
    }
    assert.notEqual(functions.pid(), process.pid);
  });

  it('responds 500 if a function throws, and logs the reason', async () => {
    assert.equal((await push('/rank/projects/p/topics/t', { refuse: true })).status, 500);
    await recorder.next();
    assert.match(readFileSync(logFile(), 'utf8'), /refused, as the message asks/);
  });

  it('responds 404 for a function that is not registered', async () => {
    const response = await push('/promote/projects/p/topics/t', {});
    assert.equal(response.status, 404);
    assert.match(await response.text(), /No function is registered for \/promote\/projects/);
  });

  it('replaces a process that crashes, at the same address', async () => {
    const crashed = functions.pid();
    await assert.rejects(push('/rank/projects/p/topics/t', { crash: true }));
    await untilGone([crashed ?? 0]);
    await functions.ready();
    assert.equal((await push('/rank/projects/p/topics/t', { month: 4 })).status, 204);
    await recorder.next();
    assert.notEqual(functions.pid(), crashed);
  });

  it('replaces a process that is killed', async () => {
    const killed = functions.pid();
    await functions.kill();
    await functions.ready();
    assert.notEqual(functions.pid(), killed);
    assert.equal((await push('/rank/projects/p/topics/t', { month: 5 })).status, 204);
    await recorder.next();
  });

  it('leaves no process behind', async () => {
    const another = await serveFunctions({ modulePath, variables: {}, logFile: logFile() });
    const pid = another.pid() ?? 0;
    process.kill(pid, 0);
    await another.close();
    await untilGone([pid]);
    await assert.rejects(fetch(`${another.url}/rank`));
  });

  it('names the log if the module cannot be loaded', async () => {
    await assert.rejects(
      serveFunctions({ modulePath: join(folder(), 'no.mjs'), variables: {}, logFile: logFile() }),
      { message: /ended before it served \(exit code 1\); see .*functions\.log\.$/ },
    );
    assert.match(readFileSync(logFile(), 'utf8'), /Cannot find module/);
  });
});
