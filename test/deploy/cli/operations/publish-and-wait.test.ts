import assert from 'node:assert/strict';
import type { Context } from '../../../../deploy/cli/context.js';
import {
  printReleaseChange,
  readerRejectionText,
  releaseChange,
} from '../../../../deploy/cli/operations/publish-and-wait.js';
import { stateFolder } from '../../../../deploy/local/state-folder.js';
import type {
  AsOfDate,
  PositiveInteger,
  Sha256,
  Version,
} from '../../../../shared/codec/primitives.js';
import { memoryWorld } from '../../../support/memory-world.js';

const ASKED: Context = {
  state: stateFolder('data'),
  ...{ cloud: undefined, localBucket: undefined, wait: undefined, now: undefined },
  ...{ json: false, quiet: true },
};
const VERSION = '2026-02-28-core_major' as Version;
const HASH = 'a'.repeat(64) as Sha256;
const HEAD = {
  ...{ seq: 4 as PositiveInteger, version: '2026-03-31-core_major' as Version },
  ...{ key: HASH, hash: HASH },
};

/** What a rollback to the release of 28 February prints on that day. */
const printed = (now: string, seq: number | undefined): readonly string[] => {
  const { environment } = memoryWorld({ clock: () => new Date(now) });
  const target = {
    ...environment,
    commandLine: (args: string) => `live-pool ${args} --state data`,
  };
  const asOfDate = '2026-02-28' as AsOfDate;
  const planned = releaseChange(target, HEAD, { version: VERSION, asOfDate, intent: 'rollback' });
  const rejection = readerRejectionText(target, VERSION, asOfDate, '2026-03-31' as AsOfDate);
  const write = process.stdout.write;
  let text = '';
  process.stdout.write = (part: string | Uint8Array) => {
    text += part;
    return true;
  };
  try {
    printReleaseChange(ASKED, planned, seq, {
      done: 'Rolled back',
      requested: 'Requested a rollback',
      rejection,
    });
  } finally {
    process.stdout.write = write;
  }
  return text.trimEnd().split('\n');
};

const REFUSED = (age: number, today: string): readonly string[] => [
  `Readers refuse it for its age (${age} days old) and keep the pool that they have.`,
  'Publish the same pool under a new date:',
  `  live-pool restate --from ${VERSION} --as-of-date ${today} \\`,
  '    --reason REASON --state data',
];

describe('the text about a requested promotion', () => {
  for (const [now, expected] of [
    ['2026-04-01T00:00:00Z', ['Readers accept it for 13 more days.']],
    ['2026-04-13T23:59:59Z', ['Readers accept it for 1 more day.']],
    ['2026-04-14T00:00:00Z', ['Readers accept it until the end of today, UTC (0 days left).']],
    ['2026-04-15T00:00:00Z', REFUSED(46, '2026-04-15')],
    ['2026-05-12T00:00:00Z', REFUSED(73, '2026-04-29')],
  ] as const)
    it(`is "${expected[0]}" on ${now}`, () =>
      assert.deepEqual(printed(now, 5), ['Rolled back as promotion 5.', ...expected]));

  it('warns that readers will refuse the release with --no-wait too', () => {
    assert.deepEqual(printed('2026-05-12T00:00:00Z', undefined), [
      'Requested a rollback.',
      ...REFUSED(73, '2026-04-29'),
    ]);
    assert.deepEqual(printed('2026-04-14T00:00:00Z', undefined), ['Requested a rollback.']);
  });
});
