import { ARTIFACT_FILE } from '../constants.js';
import { lineOfRow } from '../latest-ranking.js';
import { type Problem, problem } from './problem.js';
import type { ReleaseParts } from './release-parts.js';

const { latest_universe: UNIVERSE, latest_ranking: RANKING } = ARTIFACT_FILE;

type Rows = NonNullable<ReleaseParts['ranking']>;

const sortedUniverse = (symbols: readonly string[]): readonly Problem[] => {
  const position = symbols.findIndex((symbol, index) => symbol <= (symbols[index - 1] ?? ''));
  return position === -1
    ? []
    : [
        problem(
          'ranking',
          UNIVERSE,
          'symbols',
          'symbols sorted by name, each once',
          symbols.slice(position - 1, position + 1),
        ),
      ];
};

/** The rows contain each symbol of the universe once, and no other symbol. */
const sameSymbols = (rows: Rows, universe: readonly string[] | undefined): readonly Problem[] => {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  rows.forEach(({ symbol }, index) => {
    if (symbol === undefined) return;
    const field = `line ${lineOfRow(index)}: symbol`;
    if (seen.has(symbol))
      problems.push(problem('ranking', RANKING, field, 'each symbol once', symbol));
    else if (universe && !universe.includes(symbol))
      problems.push(problem('ranking', RANKING, field, `a symbol of ${UNIVERSE}`, symbol));
    seen.add(symbol);
  });
  const complete = rows.every(({ symbol }) => symbol !== undefined);
  const missing = complete ? (universe ?? []).filter((symbol) => !seen.has(symbol)) : [];
  return missing.length === 0
    ? problems
    : [
        ...problems,
        problem(
          'ranking',
          RANKING,
          'symbol',
          `every symbol of ${UNIVERSE}`,
          `no ${missing.join(', ')}`,
        ),
      ];
};

/** Ranks are 1 to n in file order; rows without a score have no rank and come last. */
const ranksInOrder = (rows: Rows): readonly Problem[] => {
  const ranks = rows.map((row) => row.current_rank);
  // An invalid rank is reported elsewhere and counts as a rank here.
  const ranked = ranks.filter((rank) => rank !== null).length;
  return ranks.flatMap((rank, index) => {
    const expected = index < ranked ? index + 1 : null;
    return rank === undefined || rank === expected
      ? []
      : [
          problem(
            'ranking',
            RANKING,
            `line ${lineOfRow(index)}: current_rank`,
            expected === null ? 'no rank after the ranked rows' : String(expected),
            rank,
          ),
        ];
  });
};

const selectedAreRanked = (rows: Rows): readonly Problem[] =>
  rows.flatMap((row, index) =>
    row.selected_flag === true && row.current_rank === null
      ? [
          problem(
            'ranking',
            RANKING,
            `line ${lineOfRow(index)}: current_rank`,
            'a rank for a selected symbol',
            undefined,
          ),
        ]
      : [],
  );

/** The universe is sorted, the ranking covers it, and ranks are 1 to n in order. */
export const rankingProblems = ({ universe, ranking }: ReleaseParts): readonly Problem[] => [
  ...sortedUniverse(universe.symbols ?? []),
  ...(ranking === undefined
    ? []
    : [
        ...sameSymbols(ranking, universe.symbols),
        ...ranksInOrder(ranking),
        ...selectedAreRanked(ranking),
      ]),
];
