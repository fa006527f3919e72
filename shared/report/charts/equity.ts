import { earliest, latest } from '../../day.js';
import { decimal, percent } from '../format.js';
import type { BacktestPath } from '../model.js';
import { strokeOf } from '../palette.js';
import { axisName, dayAxis, isNarrow, valueAxis, wholeRange } from './axes.js';
import { renderChart } from './render-chart.js';

const LEFT = 48;
const RIGHT = 14;

/** Strokes in the order of the tracks: the first two differ most. */
const trackStroke = (n: number) => (n === 1 ? { color: 'var(--c2)', type: 'solid' } : strokeOf(n));
export const trackColour = (n: number): string => trackStroke(n).color;

const multiple = (value: number): string => {
  const equity = 2 ** value;
  return `× ${equity >= 1 ? String(Math.round(equity)) : decimal(equity, equity < 0.1 ? 2 : 1)}`;
};

/** Equity in doublings above, the distance to the last peak below. */
export const equityAndDrawdown = (
  paths: readonly BacktestPath[],
  { name, width }: { readonly name: string; readonly width: number },
): string => {
  const days = paths.flatMap((path) => path.days);
  const [first, last] = [earliest(...days), latest(...days)];
  const doublings = paths.flatMap(({ equity }) => equity.map(Math.log2));
  const upper = isNarrow(width) ? 190 : 240;
  const top = 28;
  const lower = 120;
  const between = 42;
  const plot = width - LEFT - RIGHT;
  const axis = dayAxis(first, last, plot);
  const deepest = Math.min(...paths.flatMap(({ drawdown }) => drawdown));
  return renderChart(
    { name, width, height: top + upper + between + lower + 28 },
    {
      grid: [
        { left: LEFT, right: RIGHT, top, height: upper },
        { left: LEFT, right: RIGHT, top: top + upper + between, height: lower },
      ],
      xAxis: [
        { ...axis, gridIndex: 0, axisLabel: { show: false }, axisTick: { show: false } },
        { ...axis, gridIndex: 1 },
      ],
      yAxis: [
        {
          gridIndex: 0,
          ...valueAxis(width, multiple),
          ...axisName('multiple of the start', width),
          ...wholeRange(doublings, 6),
        },
        {
          gridIndex: 1,
          ...valueAxis(width, (value) => percent(value)),
          ...axisName('drawdown from the last peak', width),
          max: 0,
          // Without any fall the axis would have no length.
          ...(deepest < 0 ? {} : { min: -0.1, interval: 0.1 }),
        },
      ],
      series: paths.flatMap((path, n) => {
        const stroke = trackStroke(n);
        const line = { type: 'line', showSymbol: false, lineStyle: { ...stroke, width: 1.75 } };
        return [
          { ...line, data: path.days.map((day, i) => [day, Math.log2(path.equity[i] ?? 1)]) },
          {
            ...line,
            xAxisIndex: 1,
            yAxisIndex: 1,
            ...(n === 0 ? { areaStyle: { color: stroke.color, opacity: 0.15 } } : {}),
            data: path.days.map((day, i) => [day, path.drawdown[i] ?? 0]),
          },
        ];
      }),
    },
  );
};
