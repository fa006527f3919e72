import type { ScorecardFile } from '../../research/scorecard/scorecard-artifacts.js';
import { differenceChart } from '../charts/difference-chart.js';
import { equityAndDrawdown, trackColour } from '../charts/equity.js';
import { emptyFigure, figure, table } from '../figure.js';
import { decimal, humanise, percent, percentagePoints } from '../format.js';
import { type Html, html } from '../html.js';
import { commandLine, type LivePart, type ShadowPart, type ShadowTrackPart } from '../model.js';

const SCORECARD = {
  id: 'scorecard',
  title: 'Challenger less baseline',
  help: 'Mean monthly difference with its 95 % interval: where the bar crosses zero, the past does not tell them apart.',
};
const BACKTEST = {
  id: 'backtest',
  title: 'Backtest: equity and drawdown',
  help: 'What one unit would have become with weekly portfolios after costs, equal heights being equal gains, and how far it was below its last peak.',
};

const NOT_KNOWN = 'The shadow tracks are not part of the release.';
const NO_SHADOW = 'No shadow history yet.';
const buildIn = (live: LivePart): string => commandLine(live, live.shadowBuild);

type Compared = ScorecardFile['comparisons'][number];

const NAMES: readonly (readonly [ending: string, name: string])[] = [
  ['precision', 'precision'],
  ['recall', 'recall'],
  ['leader_capture', 'leader caught'],
  ['pool_mean_future_return', 'mean return'],
];

/** h60_pool_mean_future_return → Mean return, 60 d. */
const measureName = (measure: string): string => {
  const parts = /^h(\d+)_(.+)$/.exec(measure);
  const known = NAMES.find(([ending]) => ending === parts?.[2]);
  return known === undefined ? humanise(measure) : `${humanise(known[1])}, ${parts?.[1]} d`;
};

const comparison = (
  one: Compared,
  at: number,
  { primary_measure, baseline }: ScorecardFile,
  build: string,
): Html => {
  const rows = one.measures.flatMap(({ measure, difference, low, high }) =>
    difference === null
      ? []
      : [
          {
            name: measureName(measure),
            mean: difference,
            low,
            high,
            isPrimary: measure === primary_measure,
          },
        ],
  );
  const about = { ...SCORECARD, id: `${SCORECARD.id}-${at + 1}` };
  if (rows.length === 0)
    return emptyFigure(about, 'The shadow history is too short to compare anything.', build);
  return html`<p class="lead">${one.sentence}</p>${figure({
    ...about,
    title: `${humanise(one.track_id)} less ${humanise(baseline).toLowerCase()}`,
    help: `${about.help} ${measureName(primary_measure)} was declared beforehand to decide.`,
    draw: (canvas) => differenceChart(rows, canvas),
    table: table<Compared['measures'][number]>(
      [
        { head: 'Measure', cell: ({ measure }) => measureName(measure) },
        { head: 'Months', cell: ({ months }) => String(months), isNumber: true },
        { head: 'Baseline', cell: (row) => percent(row.baseline_mean, 1), isNumber: true },
        { head: 'Challenger', cell: (row) => percent(row.track_mean, 1), isNumber: true },
        {
          head: 'Difference, points',
          cell: (row) => percentagePoints(row.difference, 2),
          isNumber: true,
        },
        {
          head: '95 % interval',
          cell: ({ low, high }) => `${percentagePoints(low, 2)} to ${percentagePoints(high, 2)}`,
          isNumber: true,
        },
      ],
      one.measures,
    ),
  })}`;
};

/** The other tracks compared with the published method. */
export const scorecard = (live: LivePart | undefined): Html => {
  if (live === undefined) return emptyFigure(SCORECARD, NOT_KNOWN, 'live-pool report');
  if (live.shadow === undefined) return emptyFigure(SCORECARD, NO_SHADOW, buildIn(live));
  const card = live.shadow.scorecard;
  return html`${card.comparisons.map((one, at) => comparison(one, at, card, buildIn(live)))}`;
};

const backtestFigure = ({ tracks }: ShadowPart, build: string): Html => {
  const known = tracks.filter(({ backtest }) => backtest.days.length > 1);
  if (known.length === 0)
    return emptyFigure(BACKTEST, 'The shadow history has no backtest.', build);
  return figure({
    ...BACKTEST,
    legend: known.map(({ id }, n) => ({
      name: humanise(id),
      color: trackColour(n),
      shape: 'line',
    })),
    draw: (canvas) =>
      equityAndDrawdown(
        known.map(({ backtest }) => backtest),
        canvas,
      ),
    table: table<ShadowTrackPart>(
      [
        { head: 'Track', cell: ({ id }) => humanise(id) },
        {
          head: 'Days',
          cell: ({ backtest: { days } }) => String((days.at(-1) ?? 0) - (days[0] ?? 0) + 1),
          isNumber: true,
        },
        {
          head: 'Multiple',
          cell: ({ backtest }) => decimal(backtest.equity.at(-1), 2),
          isNumber: true,
        },
        {
          head: 'Deepest drawdown',
          cell: ({ backtest }) => percent(Math.min(...backtest.drawdown), 1),
          isNumber: true,
        },
      ],
      known,
    ),
  });
};

/** The returns of a backtest. */
export const backtest = (live: LivePart | undefined): Html => {
  if (live === undefined) return emptyFigure(BACKTEST, NOT_KNOWN, 'live-pool report');
  if (live.shadow === undefined) return emptyFigure(BACKTEST, NO_SHADOW, buildIn(live));
  return html`${backtestFigure(live.shadow, buildIn(live))}<p class="note">A backtest is a simulation on the past of this market. It is no promise, and small differences between tracks say little.</p>`;
};
