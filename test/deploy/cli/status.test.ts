import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { paintFor } from '../../../deploy/cli/colour.js';
import { type StatusAnswer, statusAnswer } from '../../../deploy/cli/status/answer.js';
import { type StatusFacts, timesOf } from '../../../deploy/cli/status/facts.js';
import { nextStep } from '../../../deploy/cli/status/next-step.js';
import { dueDay, isLate, nextRun } from '../../../deploy/cli/status/schedule.js';
import { statusScreen } from '../../../deploy/cli/status/screen.js';
import { dayOf, isoDay } from '../../../shared/day.js';
import type { LedgerEntry } from '../../../shared/promotion/ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';

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
  members: ['ALFAUSDT', 'BRAVOUSDT', 'DELTAUSDT', 'ECHOUSDT', 'GOLFUSDT'],
};
const letter = (name: string, reason: string) => ({
  ...{ function: name, message_id: '1', code: 'stale' as const, reason },
  ...{ published_at: '2026-03-01T00:00:00Z', event_type: 'x', run_id: null, version: null },
  original_message_id: null,
});

/** In the middle of March everything is as it should be. */
const WELL: StatusFacts = {
  ...{ now: new Date('2026-03-14T09:00:00Z'), maxAgeDays: 45, shown: SHOWN, head: HEAD },
  ...{ frontier: SHOWN.asOfDate as StatusFacts['frontier'], entry: ENTRY },
  disagreements: AGREED,
  deadLetters: { kind: 'known', letters: [] },
  unfinished: { pending: [], resume: undefined },
  monthlyRun: 'run --source binance',
};
const at = (now: string): Partial<StatusFacts> => ({ now: new Date(now) });
const told = (own: Partial<StatusFacts>, place = '') => {
  const facts = { ...WELL, ...own };
  const times = timesOf(facts, dayOf(facts.now));
  const step = nextStep(facts, times);
  const answer = statusAnswer(facts, times, step, (words) => `live-pool ${words}${place}`);
  return { facts, step, answer };
};
const screen = ({ facts, answer }: { facts: StatusFacts; answer: StatusAnswer }, colour = false) =>
  statusScreen(answer, facts.disagreements, paintFor(colour, undefined));

const table: readonly (readonly [string, Partial<StatusFacts>, string | null, RegExp])[] = [
  ['all is well', {}, null, /^Nothing to do until 2026-04-01\.$/],
  [
    'nothing was ever published',
    { shown: undefined, head: null, frontier: null, entry: undefined },
    'run --source binance',
    /Nothing has been published/,
  ],
  [
    'a message was parked',
    { deadLetters: { kind: 'known', letters: [letter('rank', 'too old')] } },
    'dead-letters',
    /could not use a message/,
  ],
  [
    'nobody may look at what was parked',
    { deadLetters: { kind: 'unknown', reason: 'forbidden' } },
    null,
    /Nothing to do/,
  ],
  [
    'a run was interrupted',
    { unfinished: { pending: ['rank'], resume: 'run --dry-run' } },
    'run --dry-run',
    /interrupted/,
  ],
  [
    'a message waits that no run has sent',
    { unfinished: { pending: ['reconcile'], resume: undefined } },
    'reconcile',
    /interrupted/,
  ],
  ['only the transport knows what waits', { unfinished: undefined }, null, /Nothing to do/],
  [
    'the release cannot be read',
    { disagreements: { ...AGREED, release: 'missing: live_pool.json' } },
    `release verify ${VERSION}`,
    /cannot be read/,
  ],
  [
    'the ledger was changed by hand',
    { disagreements: { ...AGREED, ledger: ['ledger entry 7'] } },
    'history --verify',
    /last entry/,
  ],
  [
    'current/ is not what the ledger says',
    { disagreements: { ...AGREED, current: ['current/live_pool.json'] } },
    'reconcile',
    /not what the ledger says/,
  ],
  [
    'the document is not',
    { disagreements: { ...AGREED, document: ['strategy/x'] } },
    'reconcile',
    /not what the ledger says/,
  ],
  [
    'the event was never sent',
    { disagreements: { ...AGREED, event: ['live-pool-published'] } },
    'reconcile',
    /not what the ledger says/,
  ],
  [
    "the month's release is missing",
    at('2026-04-01T02:00:00Z'),
    'run --source binance',
    /no release of 2026-03-31/,
  ],
  ['the month is being run', at('2026-04-01T01:00:00Z'), null, /until 2026-05-01/],
  [
    'somebody has gone back to a pool that is nearly too old',
    { ...at('2026-04-05T00:00:00Z'), frontier: '2026-03-31' as StatusFacts['frontier'] },
    `restate --from ${VERSION} --as-of-date 2026-04-05 --reason REASON`,
    /refuse it in 10 days/,
  ],
  [
    'the pool that somebody has gone back to is too old',
    { ...at('2026-04-15T00:00:00Z'), frontier: '2026-03-31' as StatusFacts['frontier'] },
    `restate --from ${VERSION} --as-of-date 2026-04-15 --reason REASON`,
    /for its age/,
  ],
  ['the clock is behind', at('2026-02-01T00:00:00Z'), null, /look at --now/],
  [
    'what hinders the remedy comes first',
    {
      disagreements: { ...AGREED, current: ['current/live_pool.json'] },
      deadLetters: { kind: 'known', letters: [letter('promote', 'x')] },
    },
    'dead-letters',
    /could not use/,
  ],
];

describe('the one command to run next', () => {
  for (const [when, own, words, why] of table)
    it(`is ${words ?? 'none'} where ${when}`, () => {
      const { step, answer } = told(own, ' --state x');
      assert.equal(step.words, words);
      assert.match(step.why, why);
      assert.equal(
        answer.next_step.command,
        words === null ? null : `live-pool ${words} --state x`,
      );
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

  it('refuses exactly when readers do', () => {
    const [last, first] = ['2026-04-14T23:59:59Z', '2026-04-15T00:00:00Z'].map(
      (now) => told(at(now)).answer,
    );
    assert.deepEqual([last?.fresh, last?.days_left, last?.refused_from], [true, 0, '2026-04-15']);
    assert.deepEqual([first?.fresh, first?.days_left], [false, 0]);
  });

  it('stays one screen of 80 columns when everything is wrong', () => {
    const long = 'a reason that goes on and on and never comes to its end '.repeat(9);
    const worst: Partial<StatusFacts> = {
      shown: { ...SHOWN, members: Array.from({ length: 40 }, (_, i) => `MEMBER${i}USDT`) },
      entry: { ...ENTRY, actor: `${'x'.repeat(70)}@y`, reason: long },
      disagreements: {
        current: ['a', 'b', 'c', 'd', 'e'].map((name) => `current/${name}.json`),
        document: ['strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL'],
        event: ['live-pool-published'],
        ledger: ['ledger entry 7'],
        release: undefined,
      },
      deadLetters: { kind: 'known', letters: [letter('rank', 'x'), letter('promote', long)] },
      unfinished: { pending: ['rank', 'rank'], resume: 'run --mode broad_liquid' },
    };
    for (const own of [
      worst,
      { ...worst, ...at('2026-09-15T00:00:00Z'), deadLetters: { kind: 'unknown', reason: long } },
      { ...worst, disagreements: { ...AGREED, release: long } },
    ] as const) {
      const place =
        ' --project a-project-of-thirty-letters-1 --bucket a-bucket-of-thirty-letters-123';
      const lines = screen(told(own, place)).split('\n');
      assert.ok(lines.length <= 24, `${lines.length} lines:\n${lines.join('\n')}`);
      for (const line of lines) assert.ok(line.length <= 80, line);
    }
  });

  it('says the same in colour, and only on a terminal that wants it', () => {
    const given = told({ disagreements: { ...AGREED, document: ['strategy/x'] } });
    const coloured = screen(given, true);
    assert.ok(coloured.includes('\u001b[31mDISAGREES'));
    assert.equal(stripVTControlCharacters(coloured), screen(given));
    assert.equal(paintFor(true, '1')('bad', 'x'), 'x');
    assert.equal(paintFor(false, undefined)('bad', 'x'), 'x');
    assert.notEqual(paintFor(true, '')('bad', 'x'), 'x');
  });
});
