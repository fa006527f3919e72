import { baseAssetOf } from '../../codec/base-asset.js';
import type { ExplainedSymbol, Explanation } from '../../evidence/explanation.js';
import type { RankingEvidence } from '../../evidence/ranking.js';
import { measureName, measureText } from '../../explanation/format.js';
import { pendingMembershipTexts } from '../../explanation/symbol-text.js';
import { type FunnelStage, funnel } from '../charts/funnel.js';
import { figure, table } from '../figure.js';
import { humanise } from '../format.js';
import { type Html, html } from '../html.js';

type Candidates = RankingEvidence['candidates'];

const change = (size: number, before: number): string => {
  if (size === before) return '=';
  return size > before ? `+${size - before}` : `−${before - size}`;
};

/**
 * How many names are left after each stage; confirmations can keep some that a day's rules drop.
 */
const stagesOf = (candidates: Candidates, members: number): readonly FunnelStage[] => {
  // The benchmark is also a candidate, but it is always loaded, so it is not counted here.
  const names = candidates.filter((one) => one.metadata_failures.length === 0 && !one.is_benchmark);
  const counted = [
    ['Candidates', candidates.length],
    ['Allowed by metadata', names.length],
    ['With bars', names.filter(({ prefilter, loaded }) => prefilter !== null || loaded).length],
    ['Loaded after prefilter', names.filter(({ loaded }) => loaded).length],
    ['Pass the daily rules', names.filter(({ daily }) => daily?.eligible === true).length],
    ['Universe, confirmed', names.filter(({ in_universe }) => in_universe).length],
    ['Pool', members],
  ] as const;
  return counted.map(([name, count], at) => ({
    name,
    count,
    change: at === 0 ? '' : change(count, counted[at - 1]?.[1] ?? count),
    isPool: at === counted.length - 1,
  }));
};

const MOST_NAMES = 8;

const namesText = (symbols: readonly string[]): string => {
  const shown = symbols.slice(0, MOST_NAMES).map(baseAssetOf).join(', ');
  return symbols.length > MOST_NAMES ? `${shown} and ${symbols.length - MOST_NAMES} more` : shown;
};

interface Fall {
  readonly rule: string;
  readonly symbols: readonly string[];
}

const fallsOf = ({ symbols }: Explanation): readonly Fall[] => {
  const found = new Map<string, string[]>();
  const add = (rule: string, symbol: string): void => {
    found.set(rule, [...(found.get(rule) ?? []), symbol]);
  };
  for (const one of symbols) {
    for (const { meaning } of one.metadata_failures) add(`Metadata: ${meaning}`, one.symbol);
    for (const rule of one.failed_rules)
      if (rule !== 'metadata' && rule !== 'benchmark') add(humanise(rule), one.symbol);
  }
  return [...found]
    .map(([rule, fallen]) => ({ rule, symbols: fallen }))
    .sort((a, b) => b.symbols.length - a.symbols.length || (a.rule < b.rule ? -1 : 1));
};

const shortfalls = (symbols: readonly ExplainedSymbol[]) =>
  symbols.flatMap(({ symbol, failures }) => failures.map((failure) => ({ symbol, ...failure })));

const notes = ({ confirmations, leveraged_rule_differences }: Explanation): string => {
  const streaks =
    confirmations === null
      ? ''
      : `It takes ${confirmations.entry} eligible refreshes in a row to enter the universe and ${confirmations.exit} ineligible ones to leave it.`;
  const other = leveraged_rule_differences.map(baseAssetOf).join(', ');
  return other === ''
    ? streaks
    : `${streaks} A corrected leveraged-token rule would decide otherwise on ${other}.`;
};

/** The number and names of the candidates that each rule excludes. */
export const universe = (evidence: RankingEvidence, explanation: Explanation): Html => {
  const stages = stagesOf(evidence.candidates, explanation.pool.length);
  const short = shortfalls(explanation.symbols);
  return html`${figure({
    id: 'universe-funnel',
    title: 'From every symbol to the pool',
    help: 'How many symbols are left after each stage, and how many the stage has taken or, by its confirmations, kept.',
    draw: (canvas) => funnel(stages, canvas),
    table: table<FunnelStage>(
      [
        { head: 'Stage', cell: ({ name }) => name },
        { head: 'Symbols', cell: ({ count }) => String(count), isNumber: true },
        { head: 'Change', cell: (stage) => stage.change, isNumber: true },
      ],
      stages,
    ),
  })}
<h3>Who falls where</h3>
${table<Fall>(
  [
    { head: 'Rule', cell: ({ rule }) => rule, isProse: true },
    { head: 'Symbols', cell: ({ symbols }) => String(symbols.length), isNumber: true },
    { head: 'Which', cell: ({ symbols }) => namesText(symbols), isProse: true },
  ],
  fallsOf(explanation),
)}
${
  short.length === 0
    ? undefined
    : html`<h3>By how much</h3>${table(
        [
          { head: 'Symbol', cell: (one) => baseAssetOf(one.symbol) },
          { head: 'Measure', cell: (one) => measureName(one.measure) },
          {
            head: 'Measured',
            cell: (one) => measureText(one.measure, one.measured),
            isNumber: true,
          },
          { head: 'Needs', cell: (one) => measureText(one.measure, one.minimum), isNumber: true },
        ],
        short,
      )}`
}
${pendingMembershipTexts(explanation).map((sentence) => html`<p>${sentence}</p>`)}
<p class="note">${notes(explanation)}</p>`;
};
