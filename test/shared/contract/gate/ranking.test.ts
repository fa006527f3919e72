import { textOfUtf8 } from '../../../../shared/codec/bytes.js';
import { buildRelease } from '../../../../shared/contract/build-release.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { input, texts } from '../hand-written-release.js';
import { demands, ELSEWHERE, POOL, ranking, resealed, universe } from './release-mutations.js';

const withMeta =
  textOfUtf8(getOrThrow(buildRelease({ ...input, selectionMeta: true })).files['live_pool.json']) ??
  '';

demands('the release gate demands of universe and ranking that', [
  {
    rule: 'the universe is sorted by name, each symbol once',
    release: universe('"ADAUSDT",\n    "BCHUSDT"', '"BCHUSDT",\n    "ADAUSDT"'),
    problems: [
      'ranking | latest_universe.json: symbols: expected symbols sorted by name, each once, got ["BCHUSDT","ADAUSDT"]',
    ],
  },
  {
    rule: 'the ranking has every symbol of the universe, each once',
    release: ranking('2026-03-13,SOLUSDT', '2026-03-13,ADAUSDT'),
    problems: [
      'ranking | latest_ranking.csv: line 8: symbol: expected each symbol once, got "ADAUSDT"',
      'ranking | latest_ranking.csv: symbol: expected every symbol of latest_universe.json, got "no SOLUSDT"',
    ],
  },
  {
    rule: 'the ranking has no symbol from elsewhere',
    release: universe('    "SOLUSDT",\n', ''),
    problems: [
      'ranking | latest_ranking.csv: line 7: symbol: expected a symbol of latest_universe.json, got "SOLUSDT"',
    ],
  },
  {
    rule: 'ranks are unique',
    release: ranking('False,7', 'False,6'),
    problems: ['ranking | latest_ranking.csv: line 8: current_rank: expected 7, got 6'],
  },
  {
    rule: 'ranks have no gap',
    release: ranking('False,7', 'False,8'),
    problems: ['ranking | latest_ranking.csv: line 8: current_rank: expected 7, got 8'],
  },
  {
    rule: 'a selected symbol has a rank',
    release: ranking('risk_off,,False,', 'risk_off,,True,'),
    problems: [
      `disagreement | latest_ranking.csv: selected rows by current_rank: expected ${POOL} ${ELSEWHERE}, got ${POOL.replace(']', ',"ZECUSDT"]')}`,
      'ranking | latest_ranking.csv: line 9: current_rank: expected a rank for a selected symbol, got nothing',
    ],
  },
  {
    rule: 'rows without a rank stand last',
    release: ranking('risk_off,0.25,False,6', 'risk_off,0.25,False,'),
    problems: [
      'ranking | latest_ranking.csv: line 7: current_rank: expected 6, got null',
      'ranking | latest_ranking.csv: line 8: current_rank: expected no rank after the ranked rows, got 7',
    ],
  },
  {
    rule: 'selection_meta repeats the ranking',
    release: resealed({
      ...texts,
      'live_pool.json': withMeta.replace('"confidence": 0.5', '"confidence": 0.6'),
    }),
    problems: [
      'disagreement | live_pool.json: selection_meta.ETHUSDT.confidence: expected 0.5, got 0.6',
    ],
  },
]);
