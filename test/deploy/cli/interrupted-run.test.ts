import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { livePool, livePoolProcess, temporaryFolder } from '../../support/cli.js';
import { fileHashes } from '../../support/file-hashes.js';

const preload = new URL('../../support/stderr-terminal.mjs', import.meta.url).href;
const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';

/** All files of a run except the queue's id counter. */
const traces = (state: string) => {
  const { 'pubsub/last-message-id': _, ...files } = fileHashes(state);
  return files;
};

/** Sends a signal as soon as stderr matches. */
const signalAt =
  (signal: NodeJS.Signals, said: RegExp) =>
  (child: ChildProcess): void => {
    let received = '';
    let isSent = false;
    child.stderr?.on('data', (chunk) => {
      received += chunk;
      if (isSent || !said.test(received)) return;
      isSent = true;
      child.kill(signal);
    });
  };

describe('a run that is interrupted', () => {
  const folder = temporaryFolder();
  const state = (name: string): string => join(folder(), name);
  let calm: Promise<unknown>;

  before(() => {
    calm = livePool(['run', '--state', state('calm'), '--quiet']);
  });

  it('prints the command to resume, restores the cursor and resumes to the same bytes', async () => {
    const broken = await livePoolProcess(['run', '--state', state('broken')], {
      preload,
      started: signalAt('SIGINT', /rank: trees/),
    });
    assert.equal(broken.code, 130);
    assert.equal(broken.stdout, '');
    const said = stripVTControlCharacters(broken.stderr);
    assert.match(
      said,
      /Interrupted; progress is saved in \S+broken\. Resume with: live-pool run --state \S+broken\n$/,
    );
    assert.ok(broken.stderr.includes(HIDE), 'there was a spinner');
    assert.ok(broken.stderr.lastIndexOf(SHOW) > broken.stderr.lastIndexOf(HIDE));
    // The folder is unlocked, even if another process has the same pid by now.
    assert.deepEqual(
      Object.keys(fileHashes(state('broken'))).filter((path) => path.startsWith('lock')),
      [],
    );

    const look = await livePool(['status', '--state', state('broken'), '--format', 'json']);
    const { next_step, unfinished } = JSON.parse(look.stdout);
    assert.deepEqual(
      [next_step.command, unfinished.pending],
      [`live-pool run --state ${state('broken')}`, { rank: 1 }],
    );

    const again = /Resume with: live-pool (.*)\n$/.exec(said)?.[1] ?? '';
    const resumed = await livePool([...again.split(' '), '--format', 'json']);
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(JSON.parse(resumed.stdout).outcome, 'published');
    await calm;
    assert.deepEqual(traces(state('broken')), traces(state('calm')));
  });

  it('ends at once on SIGTERM and prints the command to resume', async () => {
    const ended = await livePoolProcess(['run', '--state', state('ended')], {
      preload,
      started: signalAt('SIGTERM', /ingest/),
    });
    assert.equal(ended.code, 143);
    assert.match(ended.stderr, /Interrupted; .* Resume with: live-pool run --state/);
  });
});
