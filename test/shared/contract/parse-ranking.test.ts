import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textOfUtf8 } from '../../../shared/codec/bytes.js';
import { encodeRanking } from '../../../shared/contract/latest-ranking.js';
import { parseRanking, readRanking } from '../../../shared/contract/parse-ranking.js';
import { rankingRow } from '../../support/artifact-arbitraries.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { texts } from './hand-written-release.js';

const table = texts['latest_ranking.csv'];
const [header = '', first = ''] = table.split('\n');
const change = (from: string, to: string): string => table.replace(from, to);

describe('reading latest_ranking.csv', () => {
  it('parses numbers, flags and missing cells', () => {
    const rows = getOrThrow(parseRanking(table));
    assert.equal(rows.length, 8);
    assert.deepEqual(rows[2], {
      as_of_date: '2026-03-13',
      symbol: 'BCHUSDT',
      rule_score: 0.7,
      linear_score: null,
      ml_score: 0.5,
      final_score: 0.6,
      regime: 'risk_off',
      confidence: 0.4,
      selected_flag: true,
      current_rank: 3,
    });
    assert.equal(rows[4]?.linear_score, 1e-7);
    assert.equal(rows[7]?.current_rank, null);
  });

  it('compares numbers, not text', () => {
    const rows = getOrThrow(parseRanking(change(',True,1\n', ',True,1.0\n')));
    assert.equal(rows[0]?.current_rank, 1);
  });

  it('reads every row that was written', () => {
    fc.assert(
      fc.property(fc.array(rankingRow, { maxLength: 8 }), (rows) => {
        const text = textOfUtf8(getOrThrow(encodeRanking(rows))) ?? '';
        assert.deepEqual(getOrThrow(parseRanking(text)), structuredClone(rows));
      }),
      { numRuns: 100 },
    );
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ['an empty file', '', `line 1: expected the header ${header}, got nothing`],
    [
      'another header',
      change('ml_score', 'tree_score'),
      `line 1: expected the header ${header}, got "as_of_date,symbol,rule_score,linear_score,tree_score,final_score,regime,confide…`,
    ],
    [
      'a text where a number belongs',
      change('0.8571428571428571', 'high'),
      'line 3: rule_score: expected Finite (a number that is neither NaN nor infinite) or null, got "high"',
    ],
    [
      'NaN',
      change('0.8571428571428571', 'NaN'),
      'line 3: rule_score: expected Finite (a number that is neither NaN nor infinite) or null, got "NaN"',
    ],
    [
      'a number beyond a double',
      change('0.8571428571428571', '1e999'),
      'line 3: rule_score: expected Finite (a number that is neither NaN nor infinite) or null, got Infinity',
    ],
    [
      'a flag in another language',
      change('True', 'true'),
      'line 2: selected_flag: expected boolean, got "true"',
    ],
    [
      'a rank that is not whole',
      change(',True,5', ',True,5.5'),
      'line 6: current_rank: expected PositiveInteger (a whole number of at least 1) or null, got 5.5',
    ],
    [
      'a day that does not exist',
      change('2026-03-13,ADA', '2026-02-30,ADA'),
      'line 8: as_of_date: expected AsOfDate (a day that exists, as YYYY-MM-DD), got "2026-02-30"',
    ],
    [
      'a symbol that is none',
      change('SOLUSDT', 'solusdt'),
      'line 7: symbol: expected SymbolUsdt (an upper-case symbol that ends in USDT), got "solusdt"',
    ],
    ['a row with too few cells', change(',True,2', ',True'), 'line 3: expected 10 cells, got 9'],
    [
      'an empty line',
      change('\n2026-03-13,SOL', '\n\n2026-03-13,SOL'),
      'line 7: expected 10 cells, got 1',
    ],
    [
      'a file that was cut off',
      `${header}\n${first}`,
      "line 2: expected a line break at its end, got the file's end",
    ],
  ];
  for (const [title, text, problem] of refused)
    it(`refuses ${title}, with its place`, () => {
      assert.deepEqual(readRanking(text).problems, [problem]);
    });

  it('refuses the line ends of another system', () => {
    const { problems } = readRanking(table.replaceAll('\n', '\r\n'));
    assert.match(problems[0] ?? '', /^line 1: expected the header /);
  });

  it('refuses a quote that is never closed', () => {
    assert.match(
      readRanking(change('SOLUSDT', '"SOLUSDT')).problems[0] ?? '',
      /^expected comma-separated text, got: /,
    );
  });

  it('reports all problems at once, and still reads the rest', () => {
    const text = change('0.8571428571428571', 'high').replace('True,5', 'yes,5');
    const { problems, rows } = readRanking(text);
    assert.equal(problems.length, 2);
    assert.equal(rows?.length, 8);
    assert.deepEqual(rows?.[1]?.symbol, 'ETHUSDT');
    assert.equal(rows?.[1] && 'rule_score' in rows[1], false);
  });
});
