import type { EpochDay } from '../../day.js';
import { percent, shortMonth } from '../format.js';
import { FIRST, INK, LINE, SECOND } from '../palette.js';
import { axisName, isNarrow, label, namedMonths, textSize, valueAxis } from './axes.js';
import { renderChart } from './render-chart.js';

export interface ChurnMonth {
  readonly day: EpochDay;
  /** The share of the pool that was replaced; null where it is not known. */
  readonly baseline: number | null;
  readonly others: readonly (number | null)[];
}

const LEFT = 48;
const RIGHT = 26;

/** The share of the pool that each month has replaced: bars the baseline, dots the other tracks. */
export const churnBars = (
  months: readonly ChurnMonth[],
  mean: number,
  { name, width }: { readonly name: string; readonly width: number },
): string => {
  const others = months[0]?.others.length ?? 0;
  return renderChart(
    { name, width, height: isNarrow(width) ? 220 : 240 },
    {
      grid: { left: LEFT, right: RIGHT, top: 28, bottom: 26 },
      xAxis: {
        type: 'category',
        data: months.map(({ day }) => shortMonth(day)),
        axisLine: { lineStyle: { color: LINE } },
        axisTick: { show: false },
        axisLabel: label(width, { interval: namedMonths(months.length, width - LEFT - RIGHT) }),
      },
      yAxis: {
        ...valueAxis(width, (value) => percent(value)),
        ...axisName('share of the pool replaced', width),
        min: 0,
        max: 1,
        interval: 0.25,
      },
      series: [
        {
          type: 'bar',
          barWidth: '62%',
          itemStyle: { color: FIRST, borderRadius: [2, 2, 0, 0] },
          data: months.map(({ baseline }) => baseline),
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: INK, type: [4, 3], width: 1 },
            label: {
              position: 'insideEndTop',
              formatter: `mean ${percent(mean)}`,
              color: INK,
              fontSize: textSize(width),
              backgroundColor: 'var(--surface)',
              padding: [1, 4],
            },
            data: [{ yAxis: mean }],
          },
        },
        ...Array.from({ length: others }, (_, n) => ({
          type: 'scatter',
          symbolSize: isNarrow(width) ? 5 : 7,
          itemStyle: { color: SECOND, borderColor: 'var(--surface)', borderWidth: 1 },
          data: months.map((month) => month.others[n] ?? null),
        })),
      ],
    },
  );
};
