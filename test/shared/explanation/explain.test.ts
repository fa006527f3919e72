import assert from 'node:assert/strict';
import { encodeJson, readJson } from '../../../shared/codec/bytes.js';
import { Explanation } from '../../../shared/evidence/explanation.js';
import { outsideGroups } from '../../../shared/explanation/exclusion-groups.js';
import { explain } from '../../../shared/explanation/explain.js';
import {
  pendingMembershipText,
  pendingMembershipTexts,
  symbolTexts,
} from '../../../shared/explanation/symbol-text.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { augustTie, candidate, evidenceOf, name, shortOf } from './constructed-evidence.js';

const names = augustTie(name('SOLUSDT', [6, 6, 6]), name('ZECUSDT', [7, 5, 5]));
const members = names.map(({ symbol }) => candidate(symbol));
const outside = { in_universe: false };
const unseen = { ...outside, loaded: false, daily: null, streaks: null };
const refused = { ...unseen, prefilter: null };

const told = (one: object, asOf = '2026-07-31') => {
  const explanation = explain(evidenceOf(names, { asOf, candidates: [...members, one] }));
  const found = explanation.symbols.at(-1);
  assert.ok(found);
  return { explanation, found };
};

describe('the explanation of a ranking', () => {
  it('names the universe in rank order, then all other candidates, ascending', () => {
    const others = ['XUSDT', 'AUSDT', 'MUSDT'].map((symbol) => candidate(symbol, refused));
    const { symbols, pool } = explain(
      evidenceOf(names, { candidates: [...others.sort(), ...members] }),
    );
    assert.deepEqual(
      symbols.slice(0, 6).map(({ symbol, rank }) => [rank, symbol]),
      [...pool, 'ZECUSDT'].map((symbol, i) => [i + 1, symbol]),
    );
    assert.equal(symbols.length, names.length + others.length);
  });

  it('is read as it was written', () => {
    const explanation = explain(evidenceOf(names));
    const bytes = getOrThrow(encodeJson(Explanation, 'explanation.json')(explanation));
    assert.deepEqual(getOrThrow(readJson(Explanation, 'explanation.json')(bytes)), explanation);
  });

  it('splits a final score into the contributions of the components', () => {
    const { scores } = explain(evidenceOf(names)).symbols[5] ?? {};
    assert.deepEqual(
      [scores?.rule, scores?.linear.contribution, scores?.tree.contribution, scores?.residual],
      [{ raw: 7, normalised: 7 / 11, weight: 0.5, contribution: 7 / 22 }, 5 / 44, 5 / 44, 0],
    );
  });

  const short = shortOf('liquidity', 'avg_quote_vol_30', 7e6, 8e6);
  const standings: readonly (readonly [
    title: string,
    changed: object,
    expected: readonly [standing: string, failedRules: readonly string[]],
    sentence: string,
  ])[] = [
    [
      'that falls short on the day',
      { ...outside, daily: short, streaks: { eligible: 0, ineligible: 3 } },
      ['ineligible', ['liquidity']],
      'mean daily volume over 30 days: 7.00m USDT, needs 8.00m USDT, short by 1.00m USDT.',
    ],
    [
      'of which something cannot be measured',
      { ...outside, daily: shortOf('continuous', 'liquidity_days_180', null, 145) },
      ['ineligible', ['continuous']],
      'liquid days among the last 180: missing, needs 145.',
    ],
    [
      'that is eligible for the first time',
      { ...outside, streaks: { eligible: 1, ineligible: 0 } },
      ['unconfirmed', []],
      'XUSDT has been eligible for 1 of 2 refreshes: it enters the universe at the next refresh, on 2026-08-31, if eligible then.',
    ],
    [
      'that the metadata refuse',
      { ...refused, metadata_failures: ['not_trading', 'leveraged_token'] },
      ['ineligible', ['metadata']],
      'It is excluded by its metadata: it is not trading.',
    ],
    [
      'that is the benchmark',
      {
        ...outside,
        is_benchmark: true,
        daily: { ...short, failed: [] },
        metadata_failures: ['excluded_base_asset'],
        prefilter: null,
      },
      ['ineligible', ['metadata', 'benchmark']],
      'It is the benchmark, which is never ranked.',
    ],
    [
      'that the prefilter left out',
      {
        ...unseen,
        prefilter: {
          place: 25,
          selected: false,
          latest_date: '2026-07-31',
          measured: { age_days: 600 },
          failed: [{ rule: 'history', measure: 'age_days', minimum: 648 }],
        },
      },
      ['not_loaded', ['prefilter']],
      'days of history: 600, needs 648, short by 48.',
    ],
    [
      'without bars',
      refused,
      ['not_loaded', ['no_bars']],
      'XUSDT is not in the universe: it has no bars.',
    ],
    [
      'without a bar on the day',
      { ...outside, daily: null, streaks: { eligible: 0, ineligible: 1 } },
      ['ineligible', ['no_bars']],
      'It has no bar on the day.',
    ],
  ];
  for (const [title, changed, expected, sentence] of standings)
    it(`describes a symbol ${title}`, () => {
      const { found, explanation } = told(candidate('XUSDT', changed));
      assert.deepEqual([found.standing, found.failed_rules], expected);
      assert.deepEqual([found.selected, found.rank, found.scores], [false, null, null]);
      const sentences = symbolTexts(found, explanation).map((one) => one.trim());
      assert.ok(sentences.includes(sentence), sentences.join('\n'));
    });

  const streaks: readonly (readonly [
    title: string,
    asOf: string,
    changed: object,
    expected: string | undefined,
  ])[] = [
    [
      'leaves at the next refresh',
      '2026-07-31',
      { daily: short, streaks: { eligible: 0, ineligible: 1 } },
      'XUSDT has been ineligible for 1 of 2 refreshes: it leaves the universe at the next refresh, on 2026-08-31, if ineligible then.',
    ],
    [
      'enters a month after the one that this refresh is provisional for',
      '2026-07-13',
      { ...outside, streaks: { eligible: 1, ineligible: 0 } },
      'XUSDT has been eligible for 1 of 2 refreshes: it enters the universe on 2026-08-31 if eligible at every refresh until then.',
    ],
    [
      'enters after the turn of the year',
      '2026-12-31',
      { ...outside, streaks: { eligible: 1, ineligible: 0 } },
      'XUSDT has been eligible for 1 of 2 refreshes: it enters the universe at the next refresh, on 2027-01-31, if eligible then.',
    ],
    ['stays in', '2026-07-31', {}, undefined],
    [
      'stays out',
      '2026-07-31',
      { ...outside, daily: short, streaks: { eligible: 0, ineligible: 9 } },
      undefined,
    ],
  ];
  for (const [title, asOf, changed, expected] of streaks)
    it(`states when a symbol ${title}`, () => {
      const { found, explanation } = told(candidate('XUSDT', changed), asOf);
      assert.equal(pendingMembershipText(found, explanation), expected);
    });

  it('lists symbols that enter or leave for the same reason in one sentence', () => {
    const leaves = { daily: short, streaks: { eligible: 0, ineligible: 1 } };
    const enters = { ...outside, streaks: { eligible: 1, ineligible: 0 } };
    const leaving = ['TRXUSDT', 'ZECUSDT', 'ADAUSDT'];
    const candidates = [
      ...names.map(({ symbol }) => candidate(symbol, leaving.includes(symbol) ? leaves : {})),
      candidate('XUSDT', enters),
      candidate('YUSDT', { ...outside, daily: short, streaks: { eligible: 0, ineligible: 4 } }),
    ];
    assert.deepEqual(pendingMembershipTexts(explain(evidenceOf(names, { candidates }))), [
      'TRXUSDT, ZECUSDT and ADAUSDT have been ineligible for 1 of 2 refreshes: they leave the universe at the next refresh, on 2026-08-31, if ineligible then.',
      'XUSDT has been eligible for 1 of 2 refreshes: it enters the universe at the next refresh, on 2026-08-31, if eligible then.',
    ]);
    assert.deepEqual(pendingMembershipTexts(explain(evidenceOf(names))), []);
  });

  it('says whether the refresh will be replaced at the end of the month', () => {
    const refreshOn = (asOf: string) => explain(evidenceOf(names, { asOf })).refresh;
    assert.deepEqual(refreshOn('2026-02-28'), { provisional: false, next: '2026-03-31' });
    assert.deepEqual(refreshOn('2026-02-27'), { provisional: true, next: '2026-02-28' });
  });

  it('groups excluded symbols by the rules that exclude them', () => {
    const evidence = evidenceOf(names, {
      candidates: [
        ...members,
        candidate('AUSDT', { ...outside, daily: short }),
        candidate('BUSDT', { ...refused, metadata_failures: ['not_trading', 'leveraged_token'] }),
        candidate('CUSDT', { ...refused, metadata_failures: ['leveraged_token'] }),
        candidate('DUSDT', { ...outside, streaks: { eligible: 1, ineligible: 0 } }),
      ],
    });
    assert.deepEqual(
      outsideGroups(explain(evidence)).map(({ rule, symbols }) => [rule, symbols]),
      [
        ['unconfirmed', ['DUSDT']],
        ['liquidity', ['AUSDT']],
        ['leveraged_token', ['BUSDT', 'CUSDT']],
        ['not_trading', ['BUSDT']],
      ],
    );
  });
});
