import { parseIsoDay } from '../../day.js';
import type { RankingEvidence } from '../../evidence/ranking.js';
import { REGIME_BOUNDS } from '../../ranking/parameters.js';
import { type Panel, regimePanels } from '../charts/regime-panels.js';
import { emptyFigure, figure, table } from '../figure.js';
import { decimal, humanise, longDate, percent } from '../format.js';
import { type Html, html } from '../html.js';
import { REGIME_ORDER, regimeColour, regimeName } from '../palette.js';

type History = NonNullable<RankingEvidence['regime_history']>;

const ABOUT = {
  id: 'regime-history',
  title: 'Regime and its inputs over two years',
};

const read = (history: History, name: string): readonly (number | null)[] =>
  history.map(({ inputs }) => inputs[name] ?? null);

const { riskOff, btcDominant, broadAltStrength } = REGIME_BOUNDS;
/** The thresholds of the rules for each breadth. */
const BREADTH_LEVELS: readonly number[] = [
  ...new Set([
    riskOff.breadth60Below,
    riskOff.breadth200Below,
    btcDominant.breadth60Below,
    broadAltStrength.breadth60Above,
    broadAltStrength.breadth200Above,
  ]),
];

const panelsOf = (history: History): readonly Panel[] => [
  {
    title: 'Breadth: share above the 60-day mean (blue), the 200-day mean (orange)',
    short: 'Above 60-day (blue), 200-day (orange)',
    unit: 'share',
    lines: [
      { color: 'var(--c1)', values: read(history, 'breadth_above_sma60') },
      { color: 'var(--c2)', dashed: true, values: read(history, 'breadth_above_sma200') },
    ],
    levels: BREADTH_LEVELS,
  },
  {
    title: 'BTC z-score over 120 days',
    unit: 'number',
    lines: [{ color: 'var(--c1)', values: read(history, 'btc_zscore_120') }],
    levels: [btcDominant.zscoreAbove],
  },
  {
    title: 'Slope of BTC’s 200-day mean',
    unit: 'number',
    lines: [{ color: 'var(--c1)', values: read(history, 'btc_ma200_slope') }],
    levels: [],
  },
  {
    title: 'Leader’s burst (blue), spread of momentum (orange)',
    short: 'Burst (blue), momentum spread (orange)',
    unit: 'number',
    lines: [
      { color: 'var(--c1)', values: read(history, 'single_leader_burst') },
      { color: 'var(--c2)', dashed: true, values: read(history, 'universe_momentum_dispersion') },
    ],
    levels: [],
  },
  {
    title: 'Spread of relative strength',
    unit: 'number',
    lines: [{ color: 'var(--c1)', values: read(history, 'universe_rs_dispersion') }],
    levels: [],
  },
];

/** One row a month is enough for reading; the last row is the as-of day. */
const sampled = (history: History): History =>
  history.filter((_, at) => (history.length - 1 - at) % 4 === 0);

const historyTable = (history: History): Html => {
  const inputs = Object.keys(history[0]?.inputs ?? {});
  return table<History[number]>(
    [
      { head: 'Date', cell: ({ date }) => date },
      { head: 'Regime', cell: (point) => regimeName(point.regime) },
      ...inputs.map((name) => ({
        head: humanise(name),
        cell: ({ inputs: values }: History[number]) => decimal(values[name]),
        isNumber: true,
      })),
    ],
    sampled(history),
  );
};

const present = (history: History): readonly string[] => {
  const found = new Set<string>(history.map((point) => point.regime));
  const unknown = [...found].filter((one) => !REGIME_ORDER.includes(one)).sort();
  return [...REGIME_ORDER.filter((one) => found.has(one)), ...unknown];
};

const chart = (history: History): Html =>
  figure({
    ...ABOUT,
    help: 'One point a week, as the universe of today saw it; dotted lines are levels that the rules compare with.',
    legend: present(history).map((one) => ({
      name: regimeName(one),
      color: regimeColour(one),
    })),
    draw: (canvas) =>
      regimePanels(
        history.map(({ date }) => parseIsoDay(date)),
        [
          { title: 'Regime', colours: history.map((point) => regimeColour(point.regime)) },
          {
            title: 'BTC above its 200-day mean (grey: yes)',
            colours: history.map(({ inputs }) =>
              inputs.btc_above_ma200 === 1 ? 'var(--muted)' : undefined,
            ),
          },
        ],
        panelsOf(history),
        canvas,
      ),
    table: historyTable(history),
  });

/** The market regime that determined the weights, and its history. */
export const regime = ({
  as_of_date,
  regime: now,
  regime_confidence,
  regime_history,
  weights,
}: RankingEvidence): Html =>
  html`<p class="lead"><span class="key box" style="background:${regimeColour(now)}"></span><b>${regimeName(now)}</b> on ${longDate(as_of_date)}, confidence ${decimal(regime_confidence, 2)}: rules count ${percent(weights.rule)}, the linear model ${percent(weights.linear)}, the trees ${percent(weights.tree)}.</p>${
    regime_history === undefined || regime_history.length < 2
      ? emptyFigure(
          { ...ABOUT, help: 'Drawn from the history that the ranking keeps.' },
          'The ranking of this release was kept without the regime’s history.',
          'live-pool run',
        )
      : chart(regime_history)
  }`;
