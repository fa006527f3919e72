import type { EpochDay } from '../../day.js';
import { epochDay } from '../../units.js';
import { decimal, percent } from '../format.js';
import { INK, LINE, MUTED } from '../palette.js';
import { dayAxis, isNarrow, label, textSize, valueAxis } from './axes.js';
import { type Option, renderChart } from './render-chart.js';

/** A strip of blocks, one per week: a colour, or none. */
export interface Strip {
  readonly title: string;
  readonly colours: readonly (string | undefined)[];
}

interface PanelLine {
  readonly color: string;
  readonly dashed?: boolean;
  readonly values: readonly (number | null)[];
}

/** A small plot of inputs that share a unit. */
export interface Panel {
  readonly title: string;
  /** Short form for narrow charts. */
  readonly short?: string;
  readonly unit: 'share' | 'number';
  readonly lines: readonly PanelLine[];
  /** Levels that the regime's rules compare with. */
  readonly levels: readonly number[];
}

const STRIP = 18;
const PLOT = 76;
const TITLE = 24;
const BOTTOM = 26;
const LEFT = 48;
const RIGHT = 14;
const WEEK = 7;

interface Drawing {
  readonly value: (at: number) => number;
  readonly coord: (point: readonly number[]) => readonly [number, number];
}

const first = (days: readonly EpochDay[]): EpochDay => days[0] ?? epochDay(0);
const last = (days: readonly EpochDay[]): EpochDay => days.at(-1) ?? epochDay(0);

/** Neighbours of one colour as one block: first and last of their weeks. */
const runsOf = (colours: Strip['colours']): readonly (readonly [number, number])[] =>
  colours.flatMap((colour, at) => {
    if (colour === undefined || colours[at - 1] === colour) return [];
    const end = colours.findIndex((other, after) => after > at && other !== colour);
    return [[at, (end < 0 ? colours.length : end) - 1] as const];
  });

const stripSeries = (strip: Strip, at: number, days: readonly EpochDay[]) => ({
  type: 'custom',
  xAxisIndex: at,
  yAxisIndex: at,
  clip: true,
  renderItem: (_: unknown, api: Drawing) => {
    const [from, top] = api.coord([api.value(0), 1]);
    const [to] = api.coord([api.value(1), 1]);
    return {
      type: 'rect',
      shape: { x: from, y: top, width: to - from, height: STRIP },
      style: { fill: strip.colours[api.value(2)] ?? 'none' },
    };
  },
  data: runsOf(strip.colours).map(([from, to]) => [
    Math.max(first(days), (days[from] ?? 0) - WEEK / 2),
    Math.min(last(days), (days[to] ?? 0) + WEEK / 2),
    from,
  ]),
  encode: { x: [0, 1] },
});

const panelSeries = (panel: Panel, at: number, days: readonly EpochDay[]): readonly object[] =>
  panel.lines.map(({ color, dashed, values }, n) => ({
    type: 'line',
    xAxisIndex: at,
    yAxisIndex: at,
    showSymbol: false,
    lineStyle: { color, width: 1.5, type: dashed ? [4, 3] : 'solid' },
    data: days.map((day, i) => [day, values[i] ?? null]),
    ...(n === 0 && panel.levels.length > 0
      ? {
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: MUTED, type: [2, 3], width: 1 },
            data: panel.levels.map((yAxis) => ({ yAxis })),
          },
        }
      : {}),
  }));

/** Strips and small plots above each other, over the same weeks. */
export const regimePanels = (
  days: readonly EpochDay[],
  strips: readonly Strip[],
  panels: readonly Panel[],
  { name, width }: { readonly name: string; readonly width: number },
): string => {
  const plot = width - LEFT - RIGHT;
  const heights = [...strips.map(() => STRIP), ...panels.map(() => PLOT)];
  const tops = heights.map(
    (_, at) => TITLE + heights.slice(0, at).reduce((sum, height) => sum + height + TITLE + 6, 0),
  );
  const end = (tops.at(-1) ?? 0) + (heights.at(-1) ?? 0);
  const names = [
    ...strips.map(({ title }) => title),
    ...panels.map(({ title, short }) => (isNarrow(width) ? (short ?? title) : title)),
  ];
  const titles = names.map((text, at) => ({
    text,
    left: LEFT - 4,
    top: (tops[at] ?? 0) - TITLE + 1,
    textStyle: { color: INK, fontSize: textSize(width), fontWeight: 600 },
  }));
  const axis = dayAxis(first(days), last(days), plot);
  const isLast = (at: number): boolean => at === heights.length - 1;
  const bare = { axisLabel: { show: false }, axisTick: { show: false } };
  const option: Option = {
    title: titles,
    grid: heights.map((height, at) => ({ left: LEFT, right: RIGHT, top: tops[at], height })),
    xAxis: heights.map((_, at) => ({ ...axis, gridIndex: at, ...(isLast(at) ? {} : bare) })),
    yAxis: [
      ...strips.map((_, at) => ({ type: 'value', gridIndex: at, min: 0, max: 1, show: false })),
      ...panels.map(({ unit }, at) => ({
        gridIndex: strips.length + at,
        ...valueAxis(width, (value) => (unit === 'share' ? percent(value) : decimal(value, 2))),
        splitNumber: 2,
        ...(unit === 'share' ? { min: 0, max: 1, interval: 0.5 } : { scale: true }),
        axisLabel: label(width, {
          formatter: (value: number) =>
            unit === 'share' ? percent(value) : String(Number(value.toFixed(3))).replace('-', '−'),
        }),
        axisLine: { show: true, lineStyle: { color: LINE } },
      })),
    ],
    series: [
      ...strips.map((strip, at) => stripSeries(strip, at, days)),
      ...panels.flatMap((panel, at) => panelSeries(panel, strips.length + at, days)),
    ],
  };
  return renderChart({ name, width, height: end + BOTTOM }, option);
};
