import { baseAssetOf } from '../../../shared/codec/base-asset.js';
import type { ExplainedSymbol, Explanation } from '../../../shared/evidence/explanation.js';
import { boundaryText, moveText, weightText } from '../../../shared/explanation/boundary-text.js';
import { outsideGroups } from '../../../shared/explanation/exclusion-groups.js';
import { COMPONENTS } from '../../../shared/explanation/score-contributions.js';
import { pendingMembershipTexts, symbolTexts } from '../../../shared/explanation/symbol-text.js';
import { plainTable } from '../terminal/table.js';
import { wrap } from '../terminal/wrap.js';

/** The fields of a release besides its ranking. */
export interface ReleaseContext {
  readonly version: string;
  readonly restated_from: string | null;
  readonly current: boolean;
  readonly promotion_seq: number | null;
}

const LABEL = 12;
const MOVES = 3;
const WEIGHTS = 2;

const labelled = (label: string, text: string): readonly string[] =>
  wrap(label.padEnd(LABEL) + text, LABEL);

const headline = ({
  version,
  restated_from,
  current,
  promotion_seq,
}: ReleaseContext): readonly string[] => [
  `${version} is ${current ? `current, promotion ${promotion_seq}` : 'not current'}.`,
  ...(restated_from === null
    ? []
    : wrap(`It restates ${restated_from}, so this explains the ranking of ${restated_from}.`)),
];

const number = (value: number | null | undefined, digits: number): string =>
  value?.toFixed(digits) ?? '–';

const universeTable = ({ symbols, weights, pool }: Explanation): readonly string[] => {
  const table = plainTable({
    head: [
      '',
      'symbol',
      'final',
      'confid.',
      ...COMPONENTS.map((name) => `${name} ×${weights[name].toFixed(2)}`),
    ],
    colAligns: ['right', 'left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { symbol, rank, scores } of symbols) {
    if (rank === null || scores === null) continue;
    const parts = COMPONENTS.map((name) => {
      const { normalised, contribution } = scores[name];
      return `${number(normalised, 3)} → ${number(contribution, 3)}`;
    });
    table.push([
      rank,
      symbol,
      number(scores.final_score, 6),
      number(scores.confidence, 4),
      ...parts,
    ]);
  }
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const behindPool = pool.length + 1;
  const behind = lines.slice(behindPool);
  return [...lines.slice(0, behindPool), ...(behind.length > 0 ? ['─'.repeat(78), ...behind] : [])];
};

const outside = (explanation: Explanation): readonly string[] => {
  const groups = outsideGroups(explanation);
  if (groups.length === 0) return [];
  const count = explanation.symbols.filter(({ in_universe }) => !in_universe).length;
  return [
    '',
    `Not in the universe: ${count} of ${explanation.symbols.length} candidates`,
    ...groups.flatMap(({ label, symbols }) =>
      wrap(
        `  ${label.padEnd(27)} ${String(symbols.length).padStart(3)}  ${symbols.map(baseAssetOf).join(' ')}`,
        34,
        2,
      ),
    ),
  ];
};

const streaks = (explanation: Explanation): readonly string[] => {
  const sentences = pendingMembershipTexts(explanation);
  if (sentences.length === 0) return [];
  const { provisional, next } = explanation.refresh;
  return [
    '',
    ...sentences.flatMap((sentence) => wrap(sentence, 2)),
    ...(provisional
      ? wrap(`This refresh is within a month and counts only until ${next}.`, 2)
      : []),
  ];
};

const sensitivity = ({ sensitivity: { moves, weights } }: Explanation): readonly string[] => {
  const possible = moves.filter(({ places }) => places !== null);
  const weighty = weights.filter(({ to }) => to !== null);
  if (moves.length === 0) return [];
  return [
    '',
    'What would have changed the pool',
    ...(possible.length === 0 ? ['  No change of one symbol in one component.'] : []),
    ...possible.slice(0, MOVES).flatMap((move) => wrap(`  ${moveText(move)}`, 4)),
    ...(weighty.length === 0 ? ['  No change of one weight.'] : []),
    ...weighty.slice(0, WEIGHTS).flatMap((change) => wrap(`  ${weightText(change)}`, 4)),
    ...(weighty.length === 0 ? [] : ['  (the other weights are scaled so that the sum stays 1)']),
  ];
};

const leveraged = ({ leveraged_rule_differences: names }: Explanation): readonly string[] =>
  names.length === 0
    ? []
    : [
        '',
        ...wrap(
          `The frozen rule excludes these as leveraged tokens, the corrected rule would not: ${names.map(baseAssetOf).join(' ')}`,
          2,
        ),
      ];

/** A release as text: the pool, its boundary, all scores, and the excluded symbols with reasons. */
export const explanationText = (context: ReleaseContext, explanation: Explanation): string => {
  const { regime, regime_confidence, pool } = explanation;
  return [
    ...headline(context),
    ...labelled('pool', pool.map(baseAssetOf).join(' ')),
    ...labelled('regime', `${regime}, confidence ${regime_confidence.toFixed(2)}`),
    ...labelled('boundary', boundaryText(explanation)),
    '',
    ...universeTable(explanation),
    ...outside(explanation),
    ...streaks(explanation),
    ...sensitivity(explanation),
    ...leveraged(explanation),
  ].join('\n');
};

/** One symbol of a release as text. */
export const symbolText = (
  context: ReleaseContext,
  one: ExplainedSymbol,
  explanation: Explanation,
): string =>
  [
    ...headline(context),
    '',
    ...symbolTexts(one, explanation).flatMap((sentence) =>
      wrap(sentence, sentence.startsWith(' ') ? 4 : 0),
    ),
    '',
    ...wrap(`Boundary: ${boundaryText(explanation)}`),
  ].join('\n');
