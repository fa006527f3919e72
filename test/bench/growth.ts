import type { BarSeries } from '../../shared/market-data/bars.js';
import { computeFeatures } from '../../shared/ranking/features/feature-set.js';
import { marketContext } from '../../shared/ranking/features/market-context.js';
import { computeLabels } from '../../shared/ranking/models/labels.js';
import { buildPanel } from '../../shared/ranking/panel.js';
import { BENCHMARK, UNIVERSE_MODES } from '../../shared/ranking/parameters.js';
import { buildUniverse } from '../../shared/ranking/universe/universe.js';

export interface Growth {
  readonly what: string;
  readonly rows: number;
  readonly milliseconds: number;
}

const RUNS = 3;

/**
 * Everything that is computed per bar: panel, features, universe, context, labels. Best of three.
 */
const measure = (what: string, series: readonly BarSeries[]): Growth => {
  const [mode] = UNIVERSE_MODES;
  if (mode === undefined) throw new Error('the method has no universe mode');
  let milliseconds = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const panel = buildPanel(series);
    const features = computeFeatures(panel);
    const universe = buildUniverse(panel, features, mode, () => true);
    marketContext(features, universe.members);
    computeLabels(panel, universe.members);
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  const rows = series.reduce((sum, one) => sum + one.day.length, 0);
  return { what, rows, milliseconds };
};

const lastDays = (one: BarSeries, share: number): BarSeries => {
  const from = Math.floor(one.day.length * (1 - share));
  return {
    symbol: one.symbol,
    day: one.day.slice(from),
    open: one.open.slice(from),
    high: one.high.slice(from),
    low: one.low.slice(from),
    close: one.close.slice(from),
    volume: one.volume.slice(from),
    quoteVolume: one.quoteVolume.slice(from),
  };
};

/** The cost of a quarter, a half and all of a market, once by symbols and once by days. */
export const measureGrowth = (series: readonly BarSeries[]): readonly Growth[] => {
  const shares = [0.25, 0.5, 1];
  const benchmark = series.filter(({ symbol }) => symbol === BENCHMARK);
  const others = series.filter(({ symbol }) => symbol !== BENCHMARK);
  // The first measurement would also pay for compiling the code.
  measure('warm up', series);
  return [
    ...shares.map((share) => {
      const chosen = [...benchmark, ...others.slice(0, Math.floor(others.length * share))];
      return measure(`${chosen.length} symbols`, chosen);
    }),
    ...shares.map((share) =>
      measure(
        `${share * 100} % of the days`,
        series.map((one) => lastDays(one, share)),
      ),
    ),
  ];
};
