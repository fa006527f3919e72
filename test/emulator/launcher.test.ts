import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { childrenOf, untilGone } from '../deploy/emulators/support/processes.js';
import { temporaryFolder } from '../support/cli.js';
import { describeWithJava } from './support/java.js';

const main = resolve(import.meta.dirname, '../../dist/deploy/emulators/main.js');
const REVISION = 'c0ffee'.padEnd(40, '0');

describeWithJava('npm run emulators', (environment) => {
  const folder = temporaryFolder();
  const launched: ChildProcess[] = [];
  const launch = (words: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
    const child = spawn(process.execPath, [main, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment, SOURCE_REVISION: REVISION, TMPDIR: folder(), ...variables },
      // A process group of its own, which a test may kill.
      detached: true,
    });
    launched.push(child);
    return child;
  };
  const run = async (
    words: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ) => {
    const child = launch(words, variables);
    const outputs = Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = await once(child, 'close');
    const [stdout, stderr] = await outputs;
    return { status, stdout, stderr };
  };
  afterEach(() => {
    for (const child of launched.splice(0)) child.kill('SIGKILL');
  });

  it('runs a command with the emulators, leaves its output alone and returns its status', async () => {
    const script = `
      const { env } = process;
      const hosts = [env.PUBSUB_EMULATOR_HOST, env.FIRESTORE_EMULATOR_HOST];
      const answers = async (url) => (await fetch(url)).text();
      console.log(JSON.stringify({
        ok: await Promise.all(hosts.map((host) => answers('http://' + host))),
        bucket: JSON.parse(await answers(env.STORAGE_EMULATOR_HOST + '/storage/v1/b/' + env.BUCKET)).name,
        rest: [env.GOOGLE_CLOUD_PROJECT, env.METADATA_SERVER_DETECTION, env.SOURCE_REVISION, env.MARKET_DATA_SOURCE],
      }));
      process.exit(41);`;
    const { status, stdout, stderr } = await run([
      ...['--project', 'some-project', '--bucket', 'some-bucket'],
      ...[process.execPath, '--input-type=module', '-e', script],
    ]);
    assert.equal(status, 41, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      ok: ['Ok\n', 'Ok\n'],
      bucket: 'some-bucket',
      rest: ['some-project', 'none', REVISION, 'demo'],
    });
    assert.match(stderr, /Emulators and functions are up after \d/);
    assert.match(stderr, /The command ended with status 41; the logs are in /);
  }).timeout(120_000);

  /** What a launch leaves among the temporary files. */
  const runApart = async (
    words: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ) => {
    const temporary = mkdtempSync(join(folder(), 'apart-'));
    const answer = await run(words, { TMPDIR: temporary, ...variables });
    return { ...answer, left: readdirSync(temporary) };
  };

  it('exits with 7 and one message if Java is missing', async () => {
    const { status, stdout, stderr, left } = await runApart(['true'], {
      JAVA_HOME: '/no/java/home',
    });
    assert.equal(status, 7);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^error: Google's emulators need Java, and \/no\/java\/home\/bin\/java was not found: .*\n$/,
    );
    assert.match(stderr, /install a Java runtime/);
    assert.deepEqual(left, []);
  }).timeout(120_000);

  it('exits with 7 and one message if a jar is missing', async () => {
    const { status, stderr, left } = await runApart(['true'], {
      PUBSUB_EMULATOR_JAR: '/no/such.jar',
    });
    assert.equal(status, 7);
    assert.match(stderr, /^error: PUBSUB_EMULATOR_JAR: expected the path of a jar, got .*\n$/);
    assert.deepEqual(left, []);
  }).timeout(120_000);

  it('leaves no logs of a missing command, nor of one that succeeds', async () => {
    const missing = await runApart(['/no/such/command']);
    assert.equal(missing.status, 7);
    assert.match(missing.stderr, /^error: Command not found: \/no\/such\/command\.\n$/);
    assert.deepEqual(missing.left, []);
    const { status, left } = await runApart(['true']);
    assert.deepEqual([status, left], [0, []]);
  }).timeout(120_000);

  /** A launcher without a command, and everything that it has started. */
  const stayUp = async () => {
    const launcher = launch([]);
    let said = '';
    for await (const chunk of launcher.stdout) {
      said += chunk;
      if (said.includes('Ctrl-C')) break;
    }
    const children = childrenOf(launcher.pid ?? 0);
    const count = (part: string): number =>
      children.filter(({ words }) => words.includes(part)).length;
    assert.equal(count('cloud-pubsub-emulator'), 1);
    assert.equal(count('CloudFirestore'), 1);
    assert.equal(count('deploy/emulators/serve-process.js'), 1);
    return { launcher, said, children: children.map(({ pid }) => pid) };
  };

  it('stays up without a command, accepts the printed curl command, and ends with Ctrl-C', async () => {
    const { launcher, said, children } = await stayUp();
    const curl = /curl .*/.exec(said)?.[0] ?? 'false';
    const { messageIds } = JSON.parse(execFileSync('sh', ['-c', curl], { encoding: 'utf8' }));
    assert.equal(messageIds.length, 1);
    const exit = once(launcher, 'exit');
    launcher.kill('SIGINT');
    assert.deepEqual(await exit, [130, null]);
    await untilGone(children);
  }).timeout(120_000);

  it('leaves nothing behind when it alone is killed', async () => {
    const { launcher, children } = await stayUp();
    launcher.kill('SIGKILL');
    await untilGone(children);
  }).timeout(120_000);

  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    it(`leaves no process when its process group gets ${signal}`, async () => {
      const { launcher, children } = await stayUp();
      process.kill(-(launcher.pid ?? 0), signal);
      await untilGone(children);
    }).timeout(120_000);

  it('ends the command and exits with 1 when an emulator ends by itself', async () => {
    const launcher = launch(['sh', '-c', 'echo up; exec sleep 600']);
    const stderr = text(launcher.stderr);
    await once(launcher.stdout, 'data');
    const children = childrenOf(launcher.pid ?? 0);
    const firestore = children.find(({ words }) => words.includes('CloudFirestore'));
    const exit = once(launcher, 'exit');
    process.kill(firestore?.pid ?? 0, 'SIGKILL');
    assert.deepEqual(await exit, [1, null]);
    assert.match(await stderr, /The firestore emulator ended unexpectedly \(SIGKILL\); see .*\./);
    await untilGone(children.map(({ pid }) => pid));
  }).timeout(120_000);
});
