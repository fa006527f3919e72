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
  ...{ actor: 'somebody@desk', promoted_at: '2026-03-01T00:34:00+00:00' },
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
const told = (own: Partial<StatusFields>, place = '') => {
  const facts = { ...WELL, ...own };
  const times = timingOf(facts, dayOf(facts.now));
  const step = nextStep(facts, times);
  const answer = statusResult(facts, times, step, (words) => `live-pool ${words}${place}`);
  return { facts, times, step, answer };
};
const screen = ({ facts, times, answer }: ReturnType<typeof told>, colour = false) =>
  statusText(answer, facts, times, paintFor(colour, undefined));

const table: readonly (readonly [string, Partial<StatusFields>, string | null, RegExp])[] = [
  ['all is well', {}, null, /^Nothing to do until 2026-04-01\.$/],
  ['nothing was ever published', NONE, 'run --source binance', /Nothing has been published/],
  [
    'a message was parked',
    { deadLetters: { kind: 'known', letters: [letter('rank', 'too old')] } },
    'dead-letters',
    /could not use a message/,
  ],
  [
    'nobody may look at what was parked',
    { deadLetters: { kind: 'unknown', reason: 'forbidden' } },
    'dead-letters',
    /unknown; look/,
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
    'a run is under way in another process',
    {
      unfinished: { pending: ['rank'], resume: 'run', process: 4711, shadow: undefined },
      drift: { ...AGREED, document: ['strategy/x'] },
    },
    null,
    /^Process 4711 is at work here; look again when it has ended\.$/,
  ],
  [
    'a shadow build was interrupted',
    { unfinished: { ...IDLE, pending: ['rank', 'shadow'], shadow: 'shadow releases' } },
    'shadow releases',
    /^A shadow build was interrupted/,
  ],
  [
    'readers refuse what they have while a shadow build is unfinished',
    {
      ...at('2026-04-15T00:00:00Z'),
      frontier: '2026-03-31' as StatusFields['frontier'],
      unfinished: { ...IDLE, pending: ['shadow'], shadow: 'shadow releases' },
    },
    `restate --from ${VERSION} --as-of-date 2026-04-15 --reason REASON`,
    /for its age/,
  ],
  [
    'a message waits that no run has sent',
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
  ['only the transport knows what waits', { unfinished: undefined }, null, /Nothing to do/],
  [
    'the release cannot be read',
    { drift: { ...AGREED, release: 'missing: live_pool.json' } },
    `release verify ${VERSION}`,
    /not whole as it was promoted/,
  ],
  [
    'the ledger was changed by hand',
    { drift: { ...AGREED, ledger: ['ledger entry 7'] } },
    'history --verify',
    /not the unbroken chain/,
  ],
  [
    'current/ is not what the ledger says',
    { drift: { ...AGREED, current: ['current/live_pool.json'] } },
    'reconcile',
    /not what the ledger says/,
  ],
  [
    'the document is not',
    { drift: { ...AGREED, document: ['strategy/x'] } },
    'reconcile',
    /not what the ledger says/,
  ],
  [
    'the event was never sent',
    { drift: { ...AGREED, event: ['live-pool-published'] } },
    'reconcile',
    /not what the ledger says/,
  ],
  [
    "the month's release is missing",
    at('2026-04-01T02:00:00Z'),
    'run --source binance',
    /no release of 2026-03-31/,
  ],
  [
    'the month is being run',
    at('2026-04-01T00:40:00Z'),
    null,
    /^2026-03-31 is due and expected by 2026-04-01 01:30 UTC; look again then\.$/,
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
    /^2026-03-31 is due/,
  ],
  [
    'somebody has gone back to a pool that is nearly too old',
    { ...at('2026-04-05T00:00:00Z'), frontier: '2026-03-31' as StatusFields['frontier'] },
    `restate --from ${VERSION} --as-of-date 2026-04-05 --reason REASON`,
    /refuse it in 10 days/,
  ],
  [
    'the pool that somebody has gone back to is too old',
    { ...at('2026-04-15T00:00:00Z'), frontier: '2026-03-31' as StatusFields['frontier'] },
    `restate --from ${VERSION} --as-of-date 2026-04-15 --reason REASON`,
    /for its age/,
  ],
  ['the clock is behind', at('2026-02-01T00:00:00Z'), null, /look at --now/],
  [
    'the ledger is behind what readers see',
    { promotions: { hasLedger: true, readers: 9 } },
    'history --verify',
    /^Readers are ahead of the ledger \(9 > 7\): let no run start\. .*RUNBOOK/,
  ],
  [
    'the promotion state is lost',
    { ...NONE, promotions: { hasLedger: true, readers: 9 } },
    'history --verify',
    /^The promotion state is lost \(readers have promotion 9\): let no run start\./,
  ],
  [
    'readers have a document from before this system',
    {
      ...NONE,
      shown: { ...SHOWN, seq: null },
      drift: { ...AGREED, document: ['strategy/x'] },
    },
    'run --source binance',
    /^Nothing has been published yet from here; what readers see is from before\.$/,
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
    /for its age; the month that is about to be run gives them a new one\.$/,
  ],
  [
    'all that is left is the ledger',
    { ...NONE, promotions: { hasLedger: true, readers: 0 } },
    'history --verify',
    /^The promotion state is lost \(there is a ledger\): let no run start\./,
  ],
];

describe('the one command to run next', () => {
  for (const [when, own, words, why] of table)
    it(`is ${words ?? 'none'} where ${when}`, () => {
      const { step, answer } = told(own, ' --state x');
      assert.equal(step.args, words);
      assert.match(step.why, why);
      assert.equal(
        answer.next_step.command,
        words === null ? null : `live-pool ${words} --state x`,
      );
    });
});

/** Everything that can be wrong, the most harmful first. */
const harms: readonly (readonly [string, Partial<StatusFields>, string])[] = [
  [
    'unfinished work',
    { unfinished: { pending: ['rank'], resume: 'run', process: undefined, shadow: undefined } },
    'run',
  ],
  ['a ledger that is behind', { promotions: { hasLedger: true, readers: 9 } }, 'history --verify'],
  [
    'a broken ledger, or what deviates from it',
    {
      drift: {
        ...AGREED,
        ...{ ledger: ['entry 3: x'], document: ['strategy/x'] },
      },
    },
    'history --verify',
  ],
  ['what readers should not see', { drift: { ...AGREED, document: ['strategy/x'] } }, 'reconcile'],
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

describe('what is said first', () => {
  for (const [place, [what, , words]] of harms.entries())
    it(`is ${what}, whatever is wrong that harms readers less`, () => {
      const least = harms.slice(place).map(([, own]) => own);
      const wrong: Partial<StatusFields> = Object.assign({}, ...least.toReversed());
      assert.equal(told(wrong).step.args, words);
    });

  it('names the dead letters that may tell why a month is missing', () => {
    const letters = [letter('rank', 'x')];
    const { step } = told({
      ...at('2026-04-01T02:00:00Z'),
      deadLetters: { kind: 'known', letters },
    });
    assert.equal(step.why, 'There is no release of 2026-03-31 yet; a dead letter may tell why.');
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

  it('awaits the month from when it is asked for until it is there or late', () => {
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

  it('is late while nothing of the month was ever promoted', () => {
    const now = new Date('2026-03-02T00:00:00Z');
    assert.deepEqual(
      [null, '2026-01-31', '2026-02-28', '2026-03-01'].map((frontier) => isLate(now, frontier)),
      [true, true, false, false],
    );
  });
});

describe('the status screen', () => {
  it('tells what readers see, for how long, and that there is nothing to do', () =>
    assert.equal(
      screen(told({})),
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
                by somebody@desk

Nothing to do until 2026-04-01.`,
    ));

  it('says that a month is due which may still be under way', () =>
    assert.match(
      screen(told(at('2026-04-01T00:40:00Z'))),
      /^next run +2026-05-01 00:30 UTC; 2026-03-31 is due, expected by 01:30$/m,
    ));

  it('names the promotion that readers have, not the one that is left of the ledger', () => {
    const shown = { ...SHOWN, seq: 9 };
    const traces = { hasLedger: true, readers: 9 };
    const ahead = told({ shown, promotions: traces });
    assert.match(screen(ahead), /^readers see +2026-02-28-core_major, promotion 9$/m);
    assert.match(screen(ahead), /^ledger +readers are ahead of the ledger \(9 > 7\)$/m);
    assert.deepEqual(ahead.answer.disagreements, ['readers are ahead of the ledger (9 > 7)']);
    const empty = screen(told({ ...NONE, shown, promotions: traces }));
    assert.match(empty, /^ledger +the promotion state is lost \(readers have promotion 9\)$/m);
    assert.match(empty, /^event +unknown$/m);
  });

  it('tells where the ledger is broken', () =>
    assert.match(
      screen(told({ drift: { ...AGREED, ledger: ['entry 3: its hash is x', 'y'] } })),
      /^ledger +DISAGREES with itself; 1 more: entry 3: its hash is x$/m,
    ));

  it('refuses exactly when readers do', () => {
    const [last, first] = ['2026-04-14T23:59:59Z', '2026-04-15T00:00:00Z'].map(
      (now) => told(at(now)).answer,
    );
    assert.deepEqual([last?.fresh, last?.days_left, last?.refused_from], [true, 0, '2026-04-15']);
    assert.deepEqual([first?.fresh, first?.days_left], [false, 0]);
  });

  it('stays one screen of 80 columns when everything is wrong', () => {
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
      const lines = screen(told(own, place)).split('\n');
      assert.ok(lines.length <= 24, `${lines.length} lines:\n${lines.join('\n')}`);
      for (const line of lines) assert.ok(line.length <= 80, line);
    }
  });

  it('says the same in colour, and only on a terminal that wants it', () => {
    const given = told({ drift: { ...AGREED, document: ['strategy/x'] } });
    const coloured = screen(given, true);
    assert.ok(coloured.includes('\u001b[31mDISAGREES'));
    assert.equal(stripVTControlCharacters(coloured), screen(given));
    assert.equal(paintFor(true, '1')('bad', 'x'), 'x');
    assert.equal(paintFor(false, undefined)('bad', 'x'), 'x');
    assert.notEqual(paintFor(true, '')('bad', 'x'), 'x');
  });
});
