import type { Regime } from '../ranking/parameters.js';
import { humanise } from './format.js';

// Colours are CSS variables, so that one drawing serves light and dark. Their values are in
// style.ts.

export const INK = 'var(--ink)';
export const MUTED = 'var(--muted)';
export const LINE = 'var(--line)';
export const GRID = 'var(--grid)';
export const SURFACE = 'var(--surface)';

/** The components of a score. */
export const COMPONENT_COLOUR = {
  rule: 'var(--c1)',
  linear: 'var(--c2)',
  tree: 'var(--c3)',
} as const;

/** The regimes of the method in the order in which they are tried. */
const REGIMES: Readonly<Record<Regime, readonly [name: string, colour: string]>> = {
  risk_off: ['Risk off', 'var(--c4)'],
  btc_dominant: ['BTC dominant', 'var(--c2)'],
  broad_alt_strength: ['Broad alt strength', 'var(--c3)'],
  late_momentum: ['Late momentum', 'var(--c5)'],
};
export const REGIME_ORDER: readonly string[] = Object.keys(REGIMES);

const known = (regime: string): readonly [string, string] | undefined =>
  Object.entries(REGIMES).find(([name]) => name === regime)?.[1];

/** The contract allows any regime; a regime that the method does not define is grey. */
export const regimeColour = (regime: string): string => known(regime)?.[1] ?? MUTED;
export const regimeName = (regime: string): string => known(regime)?.[0] ?? humanise(regime);

/** The colours of a comparison: the published method, and what it is compared with. */
export const FIRST = 'var(--c1)';
export const SECOND = 'var(--c2)';
const LINES = ['var(--c1)', 'var(--c4)', 'var(--c3)', 'var(--c5)', 'var(--c2)', 'var(--c6)'];
const DASHES = ['solid', [6, 3], [2, 3]] as const;

/** The stroke of the n-th line of a chart: a colour, and another dash pattern if colours repeat. */
export const strokeOf = (
  n: number,
): { readonly color: string; readonly type: string | number[] } => {
  const dash = DASHES[Math.floor(n / LINES.length) % DASHES.length] ?? 'solid';
  return {
    color: LINES[n % LINES.length] ?? INK,
    type: typeof dash === 'string' ? dash : [...dash],
  };
};
