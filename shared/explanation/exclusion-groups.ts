import type { ExplainedSymbol, Explanation } from '../evidence/explanation.js';

/** The symbols that fail one rule of the universe; a symbol is in one group per failed rule. */
export interface OutsideGroup {
  readonly rule: string;
  readonly label: string;
  readonly symbols: readonly string[];
}

const LABELS: readonly (readonly [rule: string, label: string])[] = [
  ['unconfirmed', 'eligible, not confirmed yet'],
  ['history', 'too little history'],
  ['liquidity', 'not liquid enough'],
  ['tradable', 'too few tradable days'],
  ['continuous', 'too few liquid days'],
  ['prefilter', 'left out by the prefilter'],
  ['no_bars', 'no bars'],
  ['benchmark', 'the benchmark'],
  ['leveraged_token', 'leveraged token by its name'],
  ['excluded_base_asset', 'excluded base asset'],
  ['high_noise', 'high-noise name'],
  ['not_trading', 'not trading'],
  ['not_spot', 'not on the spot market'],
  ['quote_asset', 'not quoted in USDT'],
  ['no_metadata', 'not listed'],
];

const rulesOf = ({ standing, failed_rules, metadata_failures }: ExplainedSymbol) => [
  ...(standing === 'unconfirmed' ? ['unconfirmed'] : []),
  ...failed_rules.filter((rule) => rule !== 'metadata'),
  ...metadata_failures.map(({ rule }) => rule),
];

/** Groups the symbols outside the universe by failed rule. */
export const outsideGroups = ({
  symbols,
}: Pick<Explanation, 'symbols'>): readonly OutsideGroup[] => {
  const outside = symbols.filter(({ in_universe }) => !in_universe);
  return LABELS.map(([rule, label]) => ({
    rule,
    label,
    symbols: outside.filter((one) => rulesOf(one).includes(rule)).map(({ symbol }) => symbol),
  })).filter((group) => group.symbols.length > 0);
};
