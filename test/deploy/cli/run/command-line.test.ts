import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { nextRunCommand, resumeRunCommand } from '../../../../deploy/cli/run/command-line.js';
import { runOptionsOf } from '../../../../deploy/cli/run/options.js';
import { commandLines } from '../../../../deploy/cli/terminal/help.js';
import { quoteArgs } from '../../../../deploy/cli/terminal/shell-quote.js';

const none = { now: undefined, localBucket: undefined };

describe('the command line to run again', () => {
  it('is quoted for a POSIX shell', () => {
    const args = ['run', '', "it's", 'two args', '$HOME', '2026-03-13', 'a=b', '*'];
    const script = `for word in ${quoteArgs(args)}; do printf '%s\\n' "$word"; done`;
    assert.deepEqual(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\n'), [
      ...args,
      '',
    ]);
  });

  it('names every option that is not the default', () => {
    const csv = {
      ...{ source: 'csv', dataDir: 'my bars', metadata: 'm.csv', mode: 'broad_liquid' },
      ...{ poolSize: '7', asOfDate: '2026-02-28', previousPool: 'none', dryRun: true },
      ...{ allowStale: true, selectionMeta: true },
    };
    const now = new Date('2026-03-01T00:30:00Z');
    const run = runOptionsOf(csv, { now, localBucket: 'some-bucket' });
    const standing =
      "run --source csv --data-dir 'my bars' --metadata m.csv --mode broad_liquid --pool-size 7 --bucket some-bucket --selection-meta";
    assert.equal(nextRunCommand(run), standing);
    assert.equal(
      resumeRunCommand(run),
      `${standing} --previous-pool none --as-of-date 2026-02-28 --dry-run --allow-stale --now 2026-03-01T00:30:00.000Z`,
    );
  });

  it('names no option with its default', () => {
    assert.equal(nextRunCommand(undefined), 'run');
    assert.equal(resumeRunCommand(runOptionsOf({}, none)), 'run');
    assert.equal(
      nextRunCommand(runOptionsOf({ source: 'binance', asOfDate: '2026-02-28' }, none)),
      'run --source binance',
    );
    assert.equal(
      resumeRunCommand(runOptionsOf({ source: 'binance', binanceUrl: 'http://x' }, none)),
      'run --source binance --binance-url http://x',
    );
  });

  it('is broken between its options for pasting', () => {
    const command = `live-pool restate --from a --reason ${'r'.repeat(40)} --project some-project --bucket b`;
    const lines = commandLines(command, 2);
    assert.deepEqual(lines, [
      `  live-pool restate --from a --reason ${'r'.repeat(40)} \\`,
      '    --project some-project --bucket b',
    ]);
    assert.deepEqual(commandLines('live-pool run'), ['live-pool run']);
  });
});
