import { type EpochDay, earliest, latest } from '../../day.js';
import { amount } from '../format.js';
import { LINE, MUTED, strokeOf } from '../palette.js';
import {
  axisName,
  dayAxis,
  fitted,
  isNarrow,
  label,
  textSize,
  valueAxis,
  wholeRange,
} from './axes.js';
import { renderChart } from './render-chart.js';

export interface PriceLine {
  readonly name: string;
  readonly isBenchmark: boolean;
  readonly days: readonly EpochDay[];
  /** 100 at its first day. */
  readonly index: readonly number[];
}

const TOP = 28;
const BOTTOM = 26;
/** The maximum number of labels that fit below each other. */
const MOST_NAMED = 14;

/** The heights moved apart until each has `room`, in their order, none below `bottom`. */
export const avoidOverlaps = (
  heights: readonly number[],
  room: number,
  bottom: number,
): readonly number[] => {
  const order = heights.map((_, at) => at).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const spread = [...heights];
  let free = Number.NEGATIVE_INFINITY;
  for (const at of order) {
    spread[at] = Math.max(spread[at] ?? 0, free);
    free = (spread[at] ?? 0) + room;
  }
  let most = bottom;
  for (const at of order.toReversed()) {
    spread[at] = Math.min(spread[at] ?? 0, most);
    most = (spread[at] ?? 0) - room;
  }
  return spread;
};

const strokeAt = (line: PriceLine, n: number) =>
  line.isBenchmark ? { color: MUTED, type: [3, 3] } : strokeOf(n);

/** Prices from 100, in doublings: equal gains are equally high at any starting price. */
export const priceLines = (
  lines: readonly PriceLine[],
  { name, width }: { readonly name: string; readonly width: number },
): string => {
  const days = lines.flatMap((line) => line.days);
  const first = earliest(...days);
  const last = latest(...days);
  const height = isNarrow(width) ? 300 : 360;
  const size = textSize(width);
  const grid = { left: 48, right: isNarrow(width) ? 78 : 92, top: TOP, bottom: BOTTOM };
  const doublings = lines.map(({ index }) => index.map((value) => Math.log2(value / 100)));
  const range = wholeRange(doublings.flat(), 8);
  const plot = height - TOP - BOTTOM;
  const ends = doublings.map(
    (values) => TOP + (plot * (range.max - (values.at(-1) ?? 0))) / (range.max - range.min),
  );
  const places = avoidOverlaps(ends, size + 3, height - BOTTOM - size / 2);
  return renderChart(
    { name, width, height },
    {
      useUTC: true,
      grid,
      xAxis: dayAxis(first, last, width - grid.left - grid.right),
      yAxis: {
        ...valueAxis(width, (value) => amount(Math.round(100 * 2 ** value))),
        ...axisName('index, start = 100', width),
        ...range,
      },
      series: lines.map((line, n) => {
        const stroke = strokeAt(line, n);
        return {
          type: 'line',
          showSymbol: false,
          data: line.days.map((day, i) => [day, doublings[n]?.[i] ?? 0]),
          lineStyle: { ...stroke, width: line.isBenchmark ? 1.25 : 1.75 },
          ...(n === 0
            ? {
                markLine: {
                  silent: true,
                  symbol: 'none',
                  label: { show: false, ...label(width) },
                  lineStyle: { color: LINE, type: 'solid', width: 1 },
                  data: [{ yAxis: 0 }],
                },
              }
            : {}),
        };
      }),
      graphic:
        lines.length > MOST_NAMED
          ? []
          : lines.map((line, n) => ({
              type: 'text',
              x: width - grid.right + 6,
              y: places[n],
              style: {
                text: fitted(line.name, grid.right - 16, width),
                fill: strokeAt(line, n).color,
                fontSize: size,
                fontWeight: 600,
                verticalAlign: 'middle',
              },
            })),
    },
  );
};
