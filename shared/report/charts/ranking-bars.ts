import { decimal } from '../format.js';
import { COMPONENT_COLOUR, GRID, INK, LINE, MUTED, SURFACE } from '../palette.js';
import { fitted, isNarrow, label, nameRoom, textSize } from './axes.js';
import { renderChart } from './render-chart.js';

export const COMPONENTS = ['rule', 'linear', 'tree'] as const;
type Component = (typeof COMPONENTS)[number];

/** A bar: what each component adds to the final score. */
export interface RankingBar {
  readonly name: string;
  readonly rank: number;
  readonly selected: boolean;
  readonly score: number | null;
  readonly contributions: Readonly<Record<Component, number>>;
}

const ROW = 22;
const TOP = 8;
const BOTTOM = 44;
/** The width of a letter at the text size, with some reserve. */
const LETTER = 0.54;

const dashes = (x1: number, x2: number, y: number) => ({
  type: 'line',
  shape: { x1, x2, y1: y, y2: y },
  style: { stroke: INK, lineWidth: 1, lineDash: [4, 3] },
});

/** A component's bars; the last of a row bears the final score. */
const componentBars = (
  component: Component,
  rows: readonly (RankingBar | undefined)[],
  width: number,
) => ({
  type: 'bar',
  stack: 'score',
  barWidth: 13,
  itemStyle: {
    color: COMPONENT_COLOUR[component],
    borderColor: SURFACE,
    borderWidth: 1,
  },
  data: rows.map((bar) =>
    bar === undefined
      ? null
      : {
          value: bar.contributions[component],
          itemStyle: { opacity: bar.selected ? 1 : 0.55 },
        },
  ),
  label: {
    show: component === 'tree',
    position: 'right',
    color: INK,
    opacity: 1,
    fontSize: textSize(width),
    formatter: ({ dataIndex }: { readonly dataIndex: number }) => decimal(rows[dataIndex]?.score),
  },
});

/** The end of the pool: a dashed line with its name in the middle. */
const boundaryLine = (
  text: string,
  y: number,
  { left, right, width }: { readonly left: number; readonly right: number; readonly width: number },
) => {
  const textWidth = text.length * LETTER * textSize(width);
  const textFrom = (left + width - right - textWidth) / 2;
  return [
    dashes(left, textFrom - 8, y),
    {
      type: 'text',
      x: textFrom,
      y,
      style: {
        text,
        fill: INK,
        fontSize: textSize(width),
        verticalAlign: 'middle',
      },
    },
    dashes(textFrom + textWidth + 8, width - right, y),
  ];
};

/** Final scores as stacked contributions, best first, the end of the pool as a dashed line. */
export const rankingBars = (
  bars: readonly RankingBar[],
  { long, short }: { readonly long: string; readonly short: string },
  { name, width }: { readonly name: string; readonly width: number },
): string => {
  const members = bars.filter(({ selected }) => selected).length;
  // An empty row between the last member and the first non-member makes room for the line.
  const rows: readonly (RankingBar | undefined)[] =
    members < bars.length ? [...bars.slice(0, members), undefined, ...bars.slice(members)] : bars;
  const height = TOP + rows.length * ROW + BOTTOM;
  const left = nameRoom(
    bars.map((bar) => `${bar.rank}  ${bar.name}`),
    width,
    isNarrow(width) ? 130 : 180,
  );
  const right = 48;
  const lineAt = TOP + (members + 0.5) * ROW;
  const boundary = isNarrow(width) ? short : long;
  return renderChart(
    { name, width, height },
    {
      grid: { left, right, top: TOP, bottom: BOTTOM },
      xAxis: {
        type: 'value',
        min: 0,
        max: 1,
        name: 'final score (0 to 1)',
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: label(width),
        splitLine: { lineStyle: { color: GRID } },
        axisLabel: label(width),
        interval: 0.25,
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map((bar) => ({
          value: bar === undefined ? '' : fitted(`${bar.rank}  ${bar.name}`, left - 14, width),
          textStyle: { color: bar?.selected ? INK : MUTED, fontWeight: bar?.selected ? 600 : 400 },
        })),
        axisLine: { lineStyle: { color: LINE } },
        axisTick: { show: false },
        axisLabel: { fontSize: textSize(width), interval: 0 },
      },
      series: COMPONENTS.map((component) => componentBars(component, rows, width)),
      graphic: members < bars.length ? boundaryLine(boundary, lineAt, { left, right, width }) : [],
    },
  );
};
