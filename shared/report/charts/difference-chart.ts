import { percentagePoints } from '../format.js';
import { GRID, INK, LINE, MUTED, SECOND } from '../palette.js';
import { isNarrow, label, textSize } from './axes.js';
import { renderChart } from './render-chart.js';

/** A mean difference in percentage points with its interval; null if there is none. */
export interface Difference {
  readonly name: string;
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Whether this is the deciding measure. */
  readonly isPrimary: boolean;
}

const ROW = 26;
/** The possible ends of the axis; half of each is also a round number. */
const SCALES = [0.02, 0.04, 0.1, 0.2, 0.3, 0.4, 0.6, 1, 2, 4, 10, 20, 100];

interface Drawing {
  readonly value: (at: number) => number;
  readonly coord: (point: readonly number[]) => readonly [number, number];
}

/** One row: the mean as a dot, and its interval, where there is one, as a line with ends. */
const drawInterval = (_: unknown, api: Drawing) => {
  const row = api.value(0);
  const [x, y] = api.coord([api.value(1), row]);
  const stroke = api.value(4) === 1 ? SECOND : MUTED;
  const dot = {
    type: 'circle',
    shape: { cx: x, cy: y, r: 4.5 },
    style: { fill: stroke },
  };
  if (Number.isNaN(api.value(2))) return dot;
  const [low] = api.coord([api.value(2), row]);
  const [high] = api.coord([api.value(3), row]);
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { stroke, lineWidth: 2 },
  });
  const children = [
    line(low, y, high, y),
    line(low, y - 4, low, y + 4),
    line(high, y - 4, high, y + 4),
    dot,
  ];
  return { type: 'group', children };
};

/** Differences with their intervals around zero, the deciding measure in a strong colour. */
export const differenceChart = (
  rows: readonly Difference[],
  { name, width }: { readonly name: string; readonly width: number },
): string => {
  const ends = rows.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean]);
  const reach = Math.max(0.01, ...ends.map(Math.abs));
  const scale = SCALES.find((one) => one >= 1.04 * reach) ?? reach;
  return renderChart(
    { name, width, height: 8 + rows.length * ROW + 46 },
    {
      grid: { left: isNarrow(width) ? 124 : 190, right: 30, top: 8, bottom: 46 },
      xAxis: {
        type: 'value',
        min: -scale,
        max: scale,
        interval: scale / 2,
        name: isNarrow(width) ? 'percentage points' : 'challenger less baseline, percentage points',
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: label(width),
        splitLine: { lineStyle: { color: GRID } },
        axisLabel: label(width, { formatter: (value: number) => percentagePoints(value, 0) }),
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map((row) => ({
          value: row.name,
          textStyle: { color: row.isPrimary ? INK : MUTED, fontWeight: row.isPrimary ? 700 : 400 },
        })),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { fontSize: textSize(width), interval: 0 },
      },
      series: [
        {
          type: 'custom',
          renderItem: drawInterval,
          data: rows.map(({ mean, low, high, isPrimary }, row) => [
            row,
            mean,
            low ?? Number.NaN,
            high ?? Number.NaN,
            isPrimary ? 1 : 0,
          ]),
          encode: { x: [1, 2, 3], y: 0 },
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: LINE, type: 'solid', width: 1.5 },
            data: [{ xAxis: 0 }],
          },
        },
      ],
    },
  );
};
