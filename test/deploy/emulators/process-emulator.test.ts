import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Emulator } from '../../../deploy/emulators/emulator.js';
import {
  type EmulatorProgram,
  startProcessEmulator,
} from '../../../deploy/emulators/process-emulator.js';
import { FailureError } from '../../../shared/codec/failure.js';
import { temporaryFolder } from '../../support/cli.js';
import { untilGone } from './support/processes.js';

/** A stand-in for the emulators without Java: serves on the port, responds "Ok", logs. */
const OK_SERVER =
  "console.log('serving'); require('node:http').createServer((_, response) => response.end('Ok\\n')).listen(Number(process.argv[1]), '127.0.0.1')";

describe('startProcessEmulator', () => {
  const folder = temporaryFolder();
  const started: Emulator[] = [];
  const program = (script: string, more: Partial<EmulatorProgram> = {}): EmulatorProgram => ({
    name: 'made-up',
    command: process.execPath,
    words: (port) => ['-e', script, String(port)],
    logFolder: folder(),
    ...more,
  });
  const start = async (more: Partial<EmulatorProgram> = {}): Promise<Emulator> => {
    const emulator = await startProcessEmulator(program(OK_SERVER, more));
    started.push(emulator);
    return emulator;
  };
  const answer = async ({ host }: Emulator): Promise<string> =>
    (await fetch(`http://${host}/`)).text();
  afterEach(async () => {
    for (const emulator of started.splice(0)) await emulator.kill();
  });

  it('resolves when the program responds, and writes its output to a file', async () => {
    const emulator = await start();
    assert.equal(await answer(emulator), 'Ok\n');
    assert.equal(readFileSync(join(folder(), 'made-up.log'), 'utf8'), 'serving\n');
  });

  it('kills the program and restarts it on the same port', async () => {
    const emulator = await start();
    const first = emulator.pid() ?? 0;
    await emulator.kill();
    assert.equal(emulator.pid(), undefined);
    await assert.rejects(answer(emulator));
    await emulator.restart();
    assert.equal(await answer(emulator), 'Ok\n');
    assert.notEqual(emulator.pid(), first);
  });

  it('reports an unexpected end, but not a kill', async () => {
    const ends = new EventEmitter();
    const sentences: string[] = [];
    const emulator = await start({
      died: (sentence) => {
        sentences.push(sentence);
        ends.emit('end');
      },
    });
    await emulator.kill();
    await emulator.restart();
    const end = once(ends, 'end');
    process.kill(emulator.pid() ?? 0, 'SIGKILL');
    await end;
    assert.deepEqual(sentences, [
      `The made-up emulator ended unexpectedly (SIGKILL); see ${join(folder(), 'made-up.log')}.`,
    ]);
  });

  it('fails for a program that ends immediately, and names its log', async () => {
    await assert.rejects(
      startProcessEmulator(program("console.error('no such option'); process.exit(3)")),
      (error) =>
        error instanceof FailureError &&
        error.failure.code === 'configuration' &&
        /^The made-up emulator did not start in 3 attempts; see .*made-up\.log\.$/.test(
          error.message,
        ),
    );
  });

  it('reports that Java is missing', async () => {
    const command = join(folder(), 'bin', 'java');
    await assert.rejects(startProcessEmulator(program('', { command })), (error) => {
      assert.ok(error instanceof FailureError);
      assert.equal(error.failure.code, 'configuration');
      assert.equal(
        error.message,
        `Google's emulators need Java, and ${command} was not found: install a Java runtime and put it on the PATH, or set JAVA_HOME.`,
      );
      return true;
    });
  });

  it('ends the program with this process, even if this process is killed', async () => {
    const compiled = resolve(
      import.meta.dirname,
      '../../../dist/deploy/emulators/process-emulator.js',
    );
    const script = `
      const { startProcessEmulator } = await import(${JSON.stringify(pathToFileURL(compiled))});
      const { pid } = await startProcessEmulator({
        name: 'orphan',
        command: process.execPath,
        words: (port) => ['-e', ${JSON.stringify(OK_SERVER)}, String(port)],
        logFolder: ${JSON.stringify(folder())},
      });
      console.log(pid());`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = await once(parent.stdout, 'data');
    process.kill(Number(pid), 0);
    parent.kill('SIGKILL');
    await untilGone([Number(pid)]);
  });
});
