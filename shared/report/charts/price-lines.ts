import type { EpochDay } from '../../day.js';
import { amount } from '../format.js';
import { LINE, MUTED, strokeOf } from '../palette.js';
import { axisName, dayAxis, isNarrow, label, textSize, valueAxis } from './axes.js';
import { draw } from './draw.js';

export interface PriceLine {
  readonly name: string;
  readonly isBenchmark: boolean;
  readonly days: readonly EpochDay[];
  /** 100 at its first day. */
  readonly index: readonly number[];
}

/** Prices from 100, in doublings: equal gains are equally high wherever they start. */
export const priceLines = (
  lines: readonly PriceLine[],
  { name, width }: { readonly name: string; readonly width: number },
): string => {
  const days = lines.flatMap((line) => line.days);
  const first = Math.min(...days);
  const last = Math.max(...days);
  const grid = { left: 48, right: isNarrow(width) ? 70 : 92, top: 28, bottom: 26 };
  const doublings = lines.flatMap(({ index }) => index.map((value) => Math.log2(value / 100)));
  return draw(
    { name, width, height: isNarrow(width) ? 300 : 360 },
    {
      useUTC: true,
      grid,
      xAxis: dayAxis(first, last, width - grid.left - grid.right),
      yAxis: {
        ...valueAxis(width, (value) => amount(Math.round(100 * 2 ** value))),
        ...axisName('index, start = 100', width),
        min: Math.floor(Math.min(...doublings)),
        max: Math.ceil(Math.max(...doublings)),
        interval: 1,
      },
      series: lines.map((line, n) => {
        const stroke = line.isBenchmark ? { color: MUTED, type: [3, 3] } : strokeOf(n);
        return {
          type: 'line',
          showSymbol: false,
          data: line.days.map((day, i) => [day, Math.log2((line.index[i] ?? 100) / 100)]),
          lineStyle: { ...stroke, width: line.isBenchmark ? 1.25 : 1.75 },
          itemStyle: { color: stroke.color },
          endLabel: {
            show: true,
            formatter: line.name,
            distance: 6,
            color: stroke.color,
            fontSize: textSize(width),
            fontWeight: 600,
            width: grid.right - 10,
            overflow: 'truncate',
          },
          labelLayout: { moveOverlap: 'shiftY' },
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
    },
  );
};
