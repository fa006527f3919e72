import { GRID, INK } from '../palette.js';
import { isNarrow, label, textSize } from './axes.js';
import { renderChart } from './render-chart.js';

export interface FunnelStage {
  readonly name: string;
  readonly count: number;
  /** What changed since the stage above, e.g. "−7". */
  readonly change: string;
  readonly isPool?: boolean;
}

const ROW = 30;

/** How many names are left after each stage. */
export const funnel = (
  stages: readonly FunnelStage[],
  { name, width }: { readonly name: string; readonly width: number },
): string => {
  const most = Math.max(1, ...stages.map(({ count }) => count));
  return renderChart(
    { name, width, height: 8 + stages.length * ROW + 44 },
    {
      grid: {
        left: isNarrow(width) ? 132 : 190,
        right: isNarrow(width) ? 62 : 96,
        top: 8,
        bottom: 44,
      },
      xAxis: {
        type: 'value',
        min: 0,
        max: most,
        minInterval: 1,
        splitNumber: 3,
        name: 'symbols',
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: label(width),
        splitLine: { lineStyle: { color: GRID } },
        axisLabel: label(width, { hideOverlap: true, showMaxLabel: false }),
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: stages.map((stage) => stage.name),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: INK, fontSize: textSize(width), interval: 0 },
      },
      series: [
        {
          type: 'bar',
          barWidth: 16,
          data: stages.map(({ count, isPool }) => ({
            value: count,
            itemStyle: {
              color: isPool ? 'var(--c1)' : 'var(--c1-soft)',
              borderRadius: [0, 3, 3, 0],
            },
          })),
          label: {
            show: true,
            position: 'right',
            fontSize: textSize(width),
            color: INK,
            formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
              const stage = stages[dataIndex];
              return stage === undefined ? '' : `${stage.count}  ${stage.change}`.trim();
            },
          },
        },
      ],
    },
  );
};
