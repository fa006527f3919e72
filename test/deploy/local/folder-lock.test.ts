import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as E from 'fp-ts/lib/Either.js';
import { lockFolder, lockOwner } from '../../../deploy/local/folder-lock.js';
import { type NewFolder, newFolder } from '../../shared/local/temporary-folder.js';
import { bundled } from '../../support/bundled.js';
import { getOrThrow } from '../../support/get-or-throw.js';

/** Another process: takes the locks named on its stdin and holds them until it is killed. */
const startRacer = (program: string) => {
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'close');
  return {
    pid: child.pid,
    take: async (folder: string): Promise<unknown> => {
      child.stdin.write(`${folder}\n`);
      return (await answers.next()).value;
    },
    kill: async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

const ROUNDS = 200;

describe('the lock of a state folder', () => {
  const program = bundled(new URL('./lock-racer.ts', import.meta.url));
  let folder: NewFolder;
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(() => folder.remove());

  it('is free after its holder releases it', () => {
    for (let turn = 0; turn < 3; turn++) getOrThrow(lockFolder(folder.path)).release();
    assert.deepEqual(readdirSync(folder.path), ['lock']);
    assert.deepEqual(readdirSync(join(folder.path, 'lock')), []);
  });

  it('rejects a second holder in the same process and keeps the first', () => {
    const first = getOrThrow(lockFolder(folder.path));
    assert.deepEqual(
      lockFolder(folder.path),
      E.left({
        kind: 'permanent',
        code: 'conflict',
        message: `${folder.path} is in use by process ${process.pid}. Wait until it ends, or use another folder: --state DIR`,
      }),
    );
    assert.ok(E.isLeft(lockFolder(folder.path)), 'the refusal has freed it');
    first.release();
    getOrThrow(lockFolder(folder.path)).release();
  });

  it('locks one folder only', () => {
    const locks = ['a', 'b'].map((name) => getOrThrow(lockFolder(join(folder.path, name))));
    for (const lock of locks) lock.release();
  });

  it('ignores a second release by an earlier holder', () => {
    const first = getOrThrow(lockFolder(folder.path));
    first.release();
    const second = getOrThrow(lockFolder(folder.path));
    first.release();
    assert.ok(E.isLeft(lockFolder(folder.path)), 'the second holder has lost it');
    second.release();
  });

  it('rejects a holder while another process lives, and is taken over after that process is killed', async () => {
    const racer = startRacer(program());
    assert.equal(await racer.take(folder.path), 'held');
    const refused = lockFolder(folder.path);
    assert.ok(E.isLeft(refused), 'two processes hold it');
    assert.match(refused.left.message, new RegExp(`is in use by process ${racer.pid}\\.`));
    assert.equal(lockOwner(folder.path), racer.pid);
    await racer.kill();
    assert.equal(lockOwner(folder.path), undefined);
    getOrThrow(lockFolder(folder.path)).release();
  });

  it('has exactly one holder when many processes take over a dead lock at once', async () => {
    const folders = Array.from({ length: ROUNDS }, (_, round) => join(folder.path, `${round}`));
    const dead = startRacer(program());
    for (const path of folders) assert.equal(await dead.take(path), 'held');
    await dead.kill();

    const racers = Array.from({ length: 3 }, () => startRacer(program()));
    try {
      // The first round waits for the processes to start; from the second round on they race.
      for (const path of folders) {
        const answers = await Promise.all(racers.map((racer) => racer.take(path)));
        const holders = answers.filter((answer) => answer === 'held');
        assert.equal(holders.length, 1, `${path}: ${answers.join(' | ')}`);
      }
    } finally {
      await Promise.all(racers.map((racer) => racer.kill()));
    }
  });
});
