import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const script = resolve(import.meta.dirname, '../../.ci/test-one');

describe('the script test-one', () => {
  let folder = '';
  let child: ChildProcess | undefined;
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'test-one-'));
    write('package.json', '{ "type": "module" }\n');
    write('source.ts', 'export const said: string = "before";\n');
    const first = "import { said } from './source.js';\nit('says ' + said, () => undefined);\n";
    write('first.test.ts', first);
    write('second.test.ts', "it('says second', () => undefined);\n");
  });
  afterEach(async () => {
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill();
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true });
  });

  const start = (...args: readonly string[]) => {
    const started = spawn(script, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    let text = '';
    started.stdout.setEncoding('utf8');
    started.stdout.on('data', (chunk: string) => {
      text += chunk;
    });
    return {
      /** Resolves once this has been printed. */
      shows: async (line: string): Promise<void> => {
        while (!text.includes(line)) await once(started.stdout, 'data');
      },
      ends: async (): Promise<string> => {
        await once(started, 'close');
        return text;
      },
    };
  };

  it('runs one file', async () => {
    const text = await start(join(folder, 'second.test.ts')).ends();
    assert.match(text, /says second[\s\S]*1 passing/);
  });

  it('runs the tests of a folder, and hands options to mocha', async () => {
    assert.match(await start(folder).ends(), /says before[\s\S]*says second[\s\S]*2 passing/);
    assert.match(await start(folder, '--grep', 'second').ends(), /1 passing/);
  });

  it('runs again when a source or a test is saved, if it watches', async () => {
    const run = start('--watch', folder);
    await run.shows('Completed running');
    write('source.ts', 'export const said: string = "after";\n');
    await run.shows('says after');
    write('second.test.ts', "it('says third', () => undefined);\n");
    await run.shows('says third');
  });
});
