import { DEFAULTS } from '../contract/constants.js';
import { isoDay } from '../day.js';
import { THRESHOLDS } from '../market-data/quality/thresholds.js';
import { FEATURE_MEANINGS } from './features/feature-descriptions.js';
import { FEATURES } from './features/names.js';
import { ACTIVE_SCHEME, RULE_SCHEMES } from './models/rule-scores.js';
import {
  BENCHMARK,
  CONFIDENCE_WEIGHTS,
  LABELS,
  PREFILTER,
  REGIME_BOUNDS,
  REGIME_WEIGHTS,
  START_DAY,
  TRAINING,
  TREE_PARAMETERS,
  UNIVERSE,
  UNIVERSE_MODES,
  WINDOWS,
} from './parameters.js';
import { dailyChecks, relaxedChecks } from './universe/checks.js';

type Row = readonly (string | number)[];

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
/** 0.9 · 0.55 is 0.495 to a reader. */
const grouped = (value: number): string =>
  String(Number(value.toPrecision(12))).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
const code = (text: string): string => `\`${text}\``;
const codes = (texts: readonly string[]): string => texts.map(code).join(' ');

const table = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** One threshold per mode, and the prefilter's relaxed one for the live mode. */
const thresholdTable = (): string => {
  const live = UNIVERSE_MODES.find(({ name }) => name === DEFAULTS.mode);
  const relaxed = live === undefined ? [] : relaxedChecks(live);
  const measures = [...new Set(UNIVERSE_MODES.flatMap(dailyChecks).map(({ measure }) => measure))];
  const minimumIn = (checks: ReturnType<typeof dailyChecks>, measure: string): string => {
    const minimum = checks.find((check) => check.measure === measure)?.minimum;
    return minimum === undefined ? '–' : `≥ ${grouped(minimum)}`;
  };
  return table(
    ['measure', ...UNIVERSE_MODES.map(({ name }) => code(name)), `prefilter of ${DEFAULTS.mode}`],
    measures.map((measure) => [
      code(measure),
      ...UNIVERSE_MODES.map((mode) => minimumIn(dailyChecks(mode), measure)),
      minimumIn(relaxed, measure),
    ]),
  );
};

const modeTable = (): string =>
  table(
    ['', ...UNIVERSE_MODES.map(({ name }) => code(name))],
    [
      [
        'a day is liquid from a quote volume of',
        ...UNIVERSE_MODES.map((mode) => grouped(mode.minDailyQuoteVolume)),
      ],
      ['refreshes in a row to enter', ...UNIVERSE_MODES.map((mode) => mode.entryConfirmations)],
      ['refreshes in a row to leave', ...UNIVERSE_MODES.map((mode) => mode.exitConfirmations)],
      [
        'high-noise assets excluded',
        ...UNIVERSE_MODES.map((mode) => (mode.excludesHighNoise ? 'yes' : 'no')),
      ],
    ],
  );

const ruleTable = (): string =>
  table(
    ['scheme', 'terms (percentile rank in the universe × weight)'],
    Object.entries(RULE_SCHEMES).map(([name, terms]) => [
      name === ACTIVE_SCHEME ? `**${code(name)}** (used)` : code(name),
      terms
        .map((term) => `${'sign' in term ? '−' : ''}${code(term.feature)} ${percent(term.weight)}`)
        .join(', '),
    ]),
  );

const regimeTable = (): string => {
  const { riskOff, btcDominant, broadAltStrength } = REGIME_BOUNDS;
  const when = {
    risk_off: `benchmark not above its 200-day average and breadth 200 < ${riskOff.breadth200Below}, or breadth 60 < ${riskOff.breadth60Below}`,
    btc_dominant: `benchmark above, breadth 60 < ${btcDominant.breadth60Below}, z-score > ${btcDominant.zscoreAbove}`,
    broad_alt_strength: `benchmark above, breadth 60 > ${broadAltStrength.breadth60Above}, breadth 200 > ${broadAltStrength.breadth200Above}, no single leader beyond the dispersion`,
    late_momentum: 'everything else',
  } as const satisfies Record<keyof typeof REGIME_WEIGHTS, string>;
  return table(
    ['regime', 'first that matches', 'rule', 'linear', 'tree'],
    Object.entries(when).map(([regime, condition]) => {
      const weights = REGIME_WEIGHTS[regime as keyof typeof REGIME_WEIGHTS];
      return [
        code(regime),
        condition,
        ...[weights.rule, weights.linear, weights.tree].map(percent),
      ];
    }),
  );
};

/** What is decided on: the bars, the universe, the features. */
const inputSections = (): string => `## What goes in

Closed daily bars (UTC) of Binance Spot from ${isoDay(START_DAY)} to the as-of date, the exchange's metadata of
that day, and the pool of the month before. They are sealed as a snapshot, named by its hash, before
anything is computed. At least ${percent(THRESHOLDS.minCoverage)} of the candidates, the whole previous pool and the benchmark
${code(BENCHMARK)} must have their bar of the as-of day. Decisions are made in mode ${code(DEFAULTS.mode)}: ${DEFAULTS.poolSize} symbols.

## Who may take part

By metadata: status ${code('TRADING')}, spot trading allowed, quoted in ${codes(UNIVERSE.quoteAssets)}, and

- the base asset is none of ${codes(UNIVERSE.excludedBaseAssets)};
- in modes that exclude them, it is none of the high-noise assets ${codes(UNIVERSE.highNoiseBaseAssets)};
- it does not contain ${codes(UNIVERSE.leveragedKeywords)} anywhere. That rule is frozen as production has always used it, and drops
  names that are no leveraged tokens (JUP, SUPER, SYRUP); every explanation lists the symbols that a
  corrected rule would treat differently.

By their bars, on every refresh (the last day of each month, and the as-of day):

${thresholdTable()}

Volumes are in the quote asset. The prefilter looks at the as-of day only and with relaxed
thresholds. It decides whose bars are loaded at all: the symbols that pass, topped up to at least
${PREFILTER.minCandidates} (at most ${PREFILTER.maxCandidates}) by volume, the previous pool, and the benchmark.

${modeTable()}

The benchmark is never ranked.

## Features

${FEATURES.length} numbers per symbol and day, from the symbol's own rows; missing before a window is full.
Windows: ATR ${WINDOWS.atr}, ulcer index ${WINDOWS.ulcer}, drawdown ${WINDOWS.drawdown}, downside ${WINDOWS.downside}, beta and correlation ${WINDOWS.comovement} rows; a day with
fewer than ${WINDOWS.minBreadthNames} names in the universe has no market context.

${table(
  ['feature', 'what it is'],
  FEATURES.map((name) => [code(name), FEATURE_MEANINGS[name]]),
)}
`;

/** How it is decided: the scores, their weights, the order. */
const decisionSections = (): string => {
  const tree = TREE_PARAMETERS;
  return `## Three scores

Each is a percentile rank within the universe of the day before it is blended.

**Rule.** A weighted sum of percentile ranks, a missing one counting 0.

${ruleTable()}

**Linear.** Ridge regression (α = ${TRAINING.ridgeAlpha}) on the standardised features, missing ones filled with the median
of the training rows.

**Tree.** Gradient-boosted regression trees as LightGBM 4.6.0 grows them, to the last bit:
${tree.trees} trees of ${tree.leaves} leaves, learning rate ${tree.learningRate}, at least ${tree.minRowsInLeaf} rows in a leaf, ${percent(tree.featureFraction)} of the features per
tree, at most ${tree.maxBins} bins, seed ${tree.seed}.

Both models learn from ${TRAINING.windowDays} days of universe rows that end ${TRAINING.purgeDays} days before the as-of day, so that no label
reaches beyond it; with fewer than ${TRAINING.minRows} rows nothing is fitted. They predict how a symbol ranks by
its return over the next ${LABELS.horizons.map((days, index) => `${days} days (${percent(LABELS.weights[index] ?? 0)})`).join(', ')}. The challenger that runs in the
shadow predicts instead whether it is among the best ${LABELS.topK} after 60 days.

## The state of the market decides the weights

${regimeTable()}

## The order

The final score is the weighted mean of the three; a missing one is left out of both sums.
Confidence is ${CONFIDENCE_WEIGHTS.agreement} × the components' agreement + ${CONFIDENCE_WEIGHTS.edge} × the distance of the final score from the middle.
Symbols are ordered by final score, confidence, ${code('liquidity_stability')} and ${code('avg_quote_vol_180')}, larger first and missing
last, then by name. The first ${DEFAULTS.poolSize} are the pool; a pool of fewer is never published. Readers
refuse a release older than ${DEFAULTS.maxAgeDays} days.
`;
};

/** The page as Markdown. Deterministic: nothing but the constants of the method goes in. */
export const methodology = (): string => `# Methodology

How the pool is decided, with every number read from the constants that the code uses. This page is
written by \`npm run generate\`; a test refuses it when it is out of date.

${inputSections()}
${decisionSections()}`;
