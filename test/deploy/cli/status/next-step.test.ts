import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { type StatusFields, timingOf } from '../../../../deploy/cli/status/fields.js';
import { nextStep } from '../../../../deploy/cli/status/next-step.js';
import { statusResult } from '../../../../deploy/cli/status/result.js';
import {
  dueDay,
  expectedRun,
  isLate,
  nextRun,
} from '../../../../deploy/cli/status/run-schedule.js';
import { statusText } from '../../../../deploy/cli/status/text.js';
import { paintFor } from '../../../../deploy/cli/terminal/colour.js';
import { dayOf, isoDay } from '../../../../shared/day.js';
import type { LedgerEntry } from '../../../../shared/promotion/ledger.js';
import type { PromotionState } from '../../../../shared/promotion/state.js';

const VERSION = '2026-02-28-core_major';
const HEAD = { seq: 7, version: VERSION, key: 'k', hash: 'h' } as NonNullable<
  PromotionState['head']
>;
const ENTRY = {
  ...{ seq: 7, version: VERSION, intent: 'publish', reason: null },
  ...{ actor: 'operator@laptop', promoted_at: '2026-03-01T00:34:00+00:00' },
} as LedgerEntry;
const AGREED = {
  ...{ current: [], document: [], event: [], ledger: [] },
  release: undefined,
};
const SHOWN = {
  version: VERSION,
  asOfDate: '2026-02-28',
  seq: 7,
  members: ['ALFAUSDT', 'BRAVOUSDT', 'DELTAUSDT', 'ECHOUSDT', 'GOLFUSDT'],
};
const letter = (name: string, reason: string) => ({
  ...{ function: name, message_id: '1', code: 'stale' as const, reason },
  ...{ published_at: '2026-03-01T00:00:00Z', event_type: 'x', run_id: null, version: null },
  original_message_id: null,
});

/** In the middle of March everything is as it should be. */
const IDLE = { pending: [], resume: undefined, process: undefined, shadow: undefined };
const WELL: StatusFields = {
  ...{ now: new Date('2026-03-14T09:00:00Z'), maxAgeDays: 45, shown: SHOWN, head: HEAD },
  ...{ frontier: SHOWN.asOfDate as StatusFields['frontier'], entry: ENTRY },
  promotions: { hasLedger: true, readers: 7 },
  drift: AGREED,
  deadLetters: { kind: 'known', letters: [] },
  unfinished: { pending: [], resume: undefined, process: undefined, shadow: undefined },
  nextRunArgs: 'run --source binance',
};
const NONE: Partial<StatusFields> = {
  ...{ shown: undefined, head: null, frontier: null, entry: undefined },
  promotions: { hasLedger: false, readers: 0 },
};
const MARCH: Partial<StatusFields> = {
  shown: { ...SHOWN, asOfDate: '2026-03-31' },
  frontier: '2026-03-31' as StatusFields['frontier'],
};
const at = (now: string): Partial<StatusFields> => ({ now: new Date(now) });
const reported = (own: Partial<StatusFields>, place = '') => {
  const fields = { ...WELL, ...own };
  const times = timingOf(fields, dayOf(fields.now));
  const step = nextStep(fields, times);
  const result = statusResult(fields, times, step, (args) => `live-pool ${args}${place}`);
  return { fields, times, step, result };
};
const screen = ({ fields, times, result }: ReturnType<typeof reported>, colour = false) =>
  statusText(result, fields, times, paintFor({ isTerminal: colour, noColor: undefined }));

const table: readonly (readonly [string, Partial<StatusFields>, string | null, RegExp])[] = [
  ['all is well', {}, null, /^Nothing to do until 2026-04-01\.$/],
  ['nothing was ever published', NONE, 'run --source binance', /Nothing has been published/],
  [
    'a message was dead-lettered',
    { deadLetters: { kind: 'known', letters: [letter('rank', 'too old')] } },
    'dead-letters',
    /dead-lettered a message/,
  ],
  [
    'the operator cannot read dead letters',
    { deadLetters: { kind: 'unknown', reason: 'forbidden' } },
    'dead-letters',
    /^Dead letters could not be read/,
  ],
  [
    'a run was interrupted',
    {
      unfinished: {
        pending: ['rank'],
        resume: 'run --dry-run',
        process: undefined,
        shadow: undefined,
      },
    },
    'run --dry-run',
    /interrupted/,
  ],
  [
    'another process is running',
    {
      unfinished: { pending: ['rank'], resume: 'run', process: 4711, shadow: undefined },
      drift: { ...AGREED, document: ['strategy/x'] },
    },
    null,
    /^Process 4711 is running in this folder\. Check again when it ends\.$/,
  ],
  [
    'a shadow build was interrupted',
    { unfinished: { ...IDLE, pending: ['rank', 'shadow'], shadow: 'shadow releases' } },
    'shadow releases',
    /^A shadow build was interrupted/,
  ],
  [
    'readers refuse the pool while a shadow build is unfinished',
    {
      ...at('2026-04-15T00:00:00Z'),
      frontier: '2026-03-31' as StatusFields['frontier'],
      unfinished: { ...IDLE, pending: ['shadow'], shadow: 'shadow releases' },
    },
    `restate --from ${VERSION} --as-of-date 2026-04-15 --reason REASON`,
    /for its age/,
  ],
  [
    'a message is pending that no run has sent',
    {
      unfinished: {
        pending: ['reconcile'],
        resume: undefined,
        process: undefined,
        shadow: undefined,
      },
    },
    'reconcile',
    /interrupted/,
  ],
  ['only Pub/Sub knows the pending messages', { unfinished: undefined }, null, /Nothing to do/],
  [
    'the release cannot be read',
    { drift: { ...AGREED, release: 'missing: live_pool.json' } },
    `release verify ${VERSION}`,
    /release is damaged/,
  ],
  [
    'the ledger was changed by hand',
    { drift: { ...AGREED, ledger: ['ledger entry 7'] } },
    'history --verify',
    /hash chain of the ledger is broken/,
  ],
  [
    'current/ differs from the ledger',
    { drift: { ...AGREED, current: ['current/live_pool.json'] } },
    'reconcile',
    /differs from the ledger; repair it/,
  ],
  [
    'the document differs from the ledger',
    { drift: { ...AGREED, document: ['strategy/x'] } },
    'reconcile',
    /differs from the ledger; repair it/,
  ],
  [
    'the event was never sent',
    { drift: { ...AGREED, event: ['live-pool-published'] } },
    'reconcile',
    /differs from the ledger; repair it/,
  ],
  [
    "the month's release is missing",
    at('2026-04-01T02:00:00Z'),
    'run --source binance',
    /^No release of 2026-03-31/,
  ],
  [
    'the month is being run',
    at('2026-04-01T00:40:00Z'),
    null,
    /^The release of 2026-03-31 is due by 2026-04-01 01:30 UTC\. Check again then\.$/,
  ],
  [
    'the month has been run within the hour',
    { ...at('2026-04-01T00:40:00Z'), ...MARCH },
    null,
    /^Nothing to do until 2026-05-01\.$/,
  ],
  [
    'the month is being run while readers have a pool that is nearly too old',
    { ...at('2026-04-01T00:40:00Z'), maxAgeDays: 35 },
    null,
    /^The release of 2026-03-31 is due/,
  ],
  [
    'a rollback has made a pool current that is nearly too old',
    { ...at('2026-04-05T00:00:00Z'), frontier: '2026-03-31' as StatusFields['frontier'] },
    `restate --from ${VERSION} --as-of-date 2026-04-05 --reason REASON`,
    /refuse the release in 10 days/,
  ],
  [
    'a rollback has made a pool current that is now too old',
    { ...at('2026-04-15T00:00:00Z'), frontier: '2026-03-31' as StatusFields['frontier'] },
    `restate --from ${VERSION} --as-of-date 2026-04-15 --reason REASON`,
    /for its age/,
  ],
  ['the clock is behind', at('2026-02-01T00:00:00Z'), null, /check --now/],
  [
    'the ledger is behind what readers see',
    { promotions: { hasLedger: true, readers: 9 } },
    'history --verify',
    /^Readers are ahead of the ledger \(9 > 7\)\. Do not start a run\. .*RUNBOOK/,
  ],
  [
    'the promotion state is lost',
    { ...NONE, promotions: { hasLedger: true, readers: 9 } },
    'history --verify',
    /^The promotion state is lost \(readers have promotion 9\)\. Do not start a run\./,
  ],
  [
    'readers have a document from before this system',
    {
      ...NONE,
      shown: { ...SHOWN, seq: null },
      drift: { ...AGREED, document: ['strategy/x'] },
    },
    'run --source binance',
    /^Nothing has been published yet from here; readers see an earlier release\.$/,
  ],
  [
    'readers have an old release on the last evening of a month',
    {
      ...at('2026-04-29T20:00:00Z'),
      frontier: '2026-03-31' as StatusFields['frontier'],
    },
    `restate --from ${VERSION} --as-of-date 2026-04-29 --reason REASON`,
    /for its age/,
  ],
  [
    'the day is the date of the coming month',
    {
      ...at('2026-04-30T20:00:00Z'),
      frontier: '2026-03-31' as StatusFields['frontier'],
    },
    `restate --from ${VERSION} --as-of-date 2026-04-29 --reason REASON`,
    /for its age/,
  ],
  [
    'there is no date left before the coming month',
    {
      ...at('2026-05-01T00:10:00Z'),
      frontier: '2026-04-29' as StatusFields['frontier'],
    },
    null,
    /for its age; the next monthly run replaces it\.$/,
  ],
  [
    'only the ledger is left',
    { ...NONE, promotions: { hasLedger: true, readers: 0 } },
    'history --verify',
    /^The promotion state is lost \(there is a ledger\)\. Do not start a run\./,
  ],
];

describe('the next command', () => {
  for (const [when, own, args, why] of table)
    it(`is ${args ?? 'none'} if ${when}`, () => {
      const { step, result } = reported(own, ' --state x');
      assert.equal(step.args, args);
      assert.match(step.why, why);
      assert.equal(result.next_step.command, args === null ? null : `live-pool ${args} --state x`);
    });
});

/** Problems, the most harmful first. */
const harms: readonly (readonly [string, Partial<StatusFields>, string])[] = [
  [
    'unfinished work',
    { unfinished: { pending: ['rank'], resume: 'run', process: undefined, shadow: undefined } },
    'run',
  ],
  ['a ledger that is behind', { promotions: { hasLedger: true, readers: 9 } }, 'history --verify'],
  [
    'a broken ledger, with drift',
    {
      drift: {
        ...AGREED,
        ...{ ledger: ['entry 3: x'], document: ['strategy/x'] },
      },
    },
    'history --verify',
  ],
  ['drift', { drift: { ...AGREED, document: ['strategy/x'] } }, 'reconcile'],
  [
    'a month that is missing',
    { ...at('2026-04-15T00:00:00Z'), frontier: SHOWN.asOfDate as StatusFields['frontier'] },
    'run --source binance',
  ],
  [
    'a pool that readers refuse',
    { ...at('2026-04-15T00:00:00Z'), frontier: '2026-03-31' as StatusFields['frontier'] },
    `restate --from ${VERSION} --as-of-date 2026-04-15 --reason REASON`,
  ],
  [
    'dead letters',
    { deadLetters: { kind: 'known', letters: [letter('shadow', 'x')] } },
    'dead-letters',
  ],
  [
    'dead letters that cannot be read',
    { deadLetters: { kind: 'unknown', reason: 'x' } },
    'dead-letters',
  ],
];

describe('the precedence of the next step', () => {
  for (const [place, [what, , args]] of harms.entries())
    it(`puts ${what} before every less harmful problem`, () => {
      const least = harms.slice(place).map(([, own]) => own);
      const wrong: Partial<StatusFields> = Object.assign({}, ...least.toReversed());
      assert.equal(reported(wrong).step.args, args);
    });

  it('mentions dead letters if a month is missing', () => {
    const letters = [letter('rank', 'x')];
    const { step } = reported({
      ...at('2026-04-01T02:00:00Z'),
      deadLetters: { kind: 'known', letters },
    });
    assert.equal(step.why, 'No release of 2026-03-31 yet; a dead letter may contain the cause.');
  });
});

describe('the monthly schedule', () => {
  for (const [now, next, due] of [
    ['2026-03-01T00:29:59Z', '2026-03-01T00:30:00Z', '2026-01-31'],
    ['2026-03-01T00:30:00Z', '2026-04-01T00:30:00Z', '2026-01-31'],
    ['2026-03-01T01:30:00Z', '2026-04-01T00:30:00Z', '2026-02-28'],
    ['2026-12-31T23:59:59Z', '2027-01-01T00:30:00Z', '2026-11-30'],
    ['2027-01-01T02:00:00Z', '2027-02-01T00:30:00Z', '2026-12-31'],
  ] as const)
    it(`at ${now} runs next at ${next}, and has ${due} due`, () => {
      assert.equal(nextRun(new Date(now)).toISOString(), next.replace('Z', '.000Z'));
      assert.equal(isoDay(dueDay(new Date(now))), due);
    });

  it('expects the month from its request until it is promoted or late', () => {
    const by = new Date('2026-04-01T01:30:00Z');
    const march = { asOfDate: '2026-03-31', by };
    for (const [now, frontier, expected] of [
      ['2026-04-01T00:29:59Z', '2026-02-28', undefined],
      ['2026-04-01T00:30:00Z', '2026-02-28', march],
      ['2026-04-01T01:29:59Z', null, march],
      ['2026-04-01T01:29:59Z', '2026-03-31', undefined],
      ['2026-04-01T01:30:00Z', '2026-02-28', undefined],
    ] as const)
      assert.deepEqual(expectedRun(new Date(now), frontier), expected, now);
  });

  it('is late if no release of the month was ever promoted', () => {
    const now = new Date('2026-03-02T00:00:00Z');
    assert.deepEqual(
      [null, '2026-01-31', '2026-02-28', '2026-03-01'].map((frontier) => isLate(now, frontier)),
      [true, true, false, false],
    );
  });
});

describe('the status screen', () => {
  it('shows what readers see, until when, and that there is nothing to do', () =>
    assert.equal(
      screen(reported({})),
      `readers see     2026-02-28-core_major, promotion 7
members         ALFA BRAVO DELTA ECHO GOLF
age             14 days, 31 days left; refused from 2026-04-15
next run        2026-04-01 00:30 UTC
current/        agrees with the ledger
document        agrees with the ledger
event           sent
unfinished      nothing
dead letters    none
last promotion  7 (publish), 2026-03-01 00:34 UTC
                by operator@laptop

Nothing to do until 2026-04-01.`,
    ));

  it('shows a month that is due and may still be running', () =>
    assert.match(
      screen(reported(at('2026-04-01T00:40:00Z'))),
      /^next run +2026-05-01 00:30 UTC; 2026-03-31 is due, expected by 01:30$/m,
    ));

  it('shows the promotion that readers have if the ledger lost it', () => {
    const shown = { ...SHOWN, seq: 9 };
    const traces = { hasLedger: true, readers: 9 };
    const ahead = reported({ shown, promotions: traces });
    assert.match(screen(ahead), /^readers see +2026-02-28-core_major, promotion 9$/m);
    assert.match(screen(ahead), /^ledger +readers are ahead of the ledger \(9 > 7\)$/m);
    assert.deepEqual(ahead.result.disagreements, ['readers are ahead of the ledger (9 > 7)']);
    const empty = screen(reported({ ...NONE, shown, promotions: traces }));
    assert.match(empty, /^ledger +the promotion state is lost \(readers have promotion 9\)$/m);
    assert.match(empty, /^event +unknown$/m);
  });

  it('shows where the hash chain is broken', () =>
    assert.match(
      screen(reported({ drift: { ...AGREED, ledger: ['entry 3: its hash is x', 'y'] } })),
      /^ledger +hash chain BROKEN; 1 more: entry 3: its hash is x$/m,
    ));

  it('is stale exactly when readers refuse the pool', () => {
    const [last, first] = ['2026-04-14T23:59:59Z', '2026-04-15T00:00:00Z'].map(
      (now) => reported(at(now)).result,
    );
    assert.deepEqual([last?.fresh, last?.days_left, last?.refused_from], [true, 0, '2026-04-15']);
    assert.deepEqual([first?.fresh, first?.days_left], [false, 0]);
  });

  it('fits 24 lines of 80 columns when everything is wrong', () => {
    const long = 'a reason that goes on and on and never comes to its end '.repeat(9);
    const worst: Partial<StatusFields> = {
      shown: { ...SHOWN, members: Array.from({ length: 40 }, (_, i) => `MEMBER${i}USDT`) },
      entry: { ...ENTRY, actor: `${'x'.repeat(70)}@y`, reason: long },
      drift: {
        current: ['a', 'b', 'c', 'd', 'e'].map((name) => `current/${name}.json`),
        document: ['strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL'],
        event: ['live-pool-published'],
        ledger: Array.from({ length: 9 }, (_, at) => `entry ${at}: ${long}`),
        release: undefined,
      },
      deadLetters: { kind: 'known', letters: [letter('rank', 'x'), letter('promote', long)] },
      unfinished: {
        pending: ['rank', 'rank'],
        resume: 'run --mode broad_liquid',
        process: undefined,
        shadow: undefined,
      },
    };
    for (const own of [
      worst,
      { ...worst, ...at('2026-09-15T00:00:00Z'), deadLetters: { kind: 'unknown', reason: long } },
      { ...worst, drift: { ...AGREED, release: long } },
      { ...worst, promotions: { hasLedger: true, readers: 99_999 }, unfinished: undefined },
    ] as const) {
      const place =
        ' --project a-project-of-thirty-letters-1 --bucket a-bucket-of-thirty-letters-123';
      const lines = screen(reported(own, place)).split('\n');
      assert.ok(lines.length <= 24, `${lines.length} lines:\n${lines.join('\n')}`);
      for (const line of lines) assert.ok(line.length <= 80, line);
    }
  });

  it('has the same text in colour, and colours only if the terminal wants them', () => {
    const given = reported({ drift: { ...AGREED, document: ['strategy/x'] } });
    const coloured = screen(given, true);
    assert.ok(coloured.includes('\u001b[31mDISAGREES'));
    assert.equal(stripVTControlCharacters(coloured), screen(given));
    assert.equal(paintFor({ isTerminal: true, noColor: '1' })('bad', 'x'), 'x');
    assert.equal(paintFor({ isTerminal: false, noColor: undefined })('bad', 'x'), 'x');
    assert.notEqual(paintFor({ isTerminal: true, noColor: '' })('bad', 'x'), 'x');
  });
});
