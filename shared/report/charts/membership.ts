import type { EpochDay } from '../../day.js';
import { shortMonth } from '../format.js';
import { GRID, INK, LINE, SURFACE } from '../palette.js';
import { fitted, isNarrow, label, namedMonths, nameRoom, textSize } from './axes.js';
import { renderChart } from './render-chart.js';

/**
 * One member in one month: positions in the months and names, and its place in the pool, from 1.
 */
interface MembershipCell {
  readonly month: number;
  readonly name: number;
  readonly place: number;
  /** True for a published pool, false for the pool that the method would have chosen. */
  readonly isPublished: boolean;
}

export interface Membership {
  readonly months: readonly EpochDay[];
  readonly names: readonly string[];
  readonly cells: readonly MembershipCell[];
  readonly poolSize: number;
}

const ROW = 18;
/** Of a month, where there are few of them. */
const WIDEST = 36;
const FAINTEST = 0.3;

const opacityOf = (place: number, poolSize: number): number =>
  poolSize < 2 ? 1 : 1 - ((1 - FAINTEST) * (place - 1)) / (poolSize - 1);

/** The pool's members by month: the darker, the better the rank. */
export const membershipMap = (
  { months, names, cells, poolSize }: Membership,
  { name, width }: { readonly name: string; readonly width: number },
): string => {
  const left = nameRoom(names, width, isNarrow(width) ? 110 : 180);
  const right = 26;
  return renderChart(
    { name, width, height: names.length * ROW + 36 },
    {
      grid: { left, right, top: 4, bottom: 30 },
      xAxis: {
        type: 'category',
        data: months.map(shortMonth),
        axisLine: { lineStyle: { color: LINE } },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: label(width, { interval: namedMonths(months.length, width - left - right) }),
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: names.map((one) => fitted(one, left - 14, width)),
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: true, interval: 0, lineStyle: { color: GRID } },
        axisLabel: { color: INK, fontSize: textSize(width), interval: 0 },
      },
      series: [
        {
          type: 'custom',
          renderItem: (
            _: unknown,
            api: {
              readonly value: (at: number) => number;
              readonly coord: (point: readonly number[]) => readonly [number, number];
              readonly size: (point: readonly number[]) => readonly [number, number];
            },
          ) => {
            const [x, y] = api.coord([api.value(0), api.value(1)]);
            const [room, h] = api.size([1, 1]);
            const w = Math.min(room, WIDEST);
            return {
              type: 'rect',
              shape: { x: x - w / 2, y: y - h / 2, width: w, height: h, r: 2 },
              style: {
                fill: api.value(3) === 1 ? 'var(--c1)' : 'var(--c3)',
                fillOpacity: opacityOf(api.value(2), poolSize),
                stroke: SURFACE,
                lineWidth: 1,
              },
            };
          },
          data: cells.map(({ month, name: at, place, isPublished }) => [
            month,
            at,
            place,
            isPublished ? 1 : 0,
          ]),
        },
      ],
    },
  );
};
