import { type EpochDay, isoDay, parseIsoDay } from '../../day.js';
import { shortMonth } from '../format.js';
import { GRID, LINE, MUTED } from '../palette.js';

/** Charts below this width use the phone layout. */
const PHONE = 480;

export const isNarrow = (width: number): boolean => width < PHONE;
export const textSize = (width: number): number => (isNarrow(width) ? 11 : 12);

export const label = (width: number, rest: object = {}) => ({
  color: MUTED,
  fontSize: textSize(width),
  ...rest,
});

/** The width of a capital letter at the text size, with some reserve. */
const LETTER = 0.68;

/** Room for the longest of the names at the left of a chart, up to `most` pixels. */
export const nameRoom = (names: readonly string[], width: number, most: number): number =>
  Math.min(
    most,
    Math.ceil(Math.max(0, ...names.map(({ length }) => length)) * LETTER * textSize(width)) + 14,
  );

/** A name, shortened to the available width. */
export const fitted = (name: string, room: number, width: number): string => {
  const most = Math.floor(room / (LETTER * textSize(width)));
  return name.length <= most ? name : `${name.slice(0, Math.max(1, most - 1))}…`;
};

/** Whole numbers around all values: at least a step apart, with few enough steps to be read. */
export const wholeRange = (values: readonly number[], steps: number) => {
  const min = Math.floor(Math.min(...values));
  const max = Math.max(min + 1, Math.ceil(Math.max(...values)));
  return { min, max, interval: Math.max(1, Math.ceil((max - min) / steps)) };
};

const quiet = { lineStyle: { color: LINE } };

/** A vertical axis of numbers: grid lines, no line of its own, at most four steps. */
export const valueAxis = (width: number, formatter: (value: number) => string) => ({
  type: 'value',
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: GRID } },
  splitNumber: 3,
  axisLabel: label(width, { formatter }),
});

/** What an axis measures, above its upper end. */
export const axisName = (name: string, width: number) => ({
  name,
  nameLocation: 'end',
  nameGap: 8,
  nameTextStyle: label(width, { align: 'left', padding: [0, 0, 0, -38] }),
});

const STEPS = [1, 2, 3, 6, 12, 24, 48];
const LABEL_WIDTH = 54;

const firstOfMonth = (months: number): EpochDay =>
  parseIsoDay(`${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`);

/** Firsts of months between the days, as many as the width has room to name. */
const monthTicks = (first: EpochDay, last: EpochDay, width: number): readonly EpochDay[] => {
  const most = Math.max(2, Math.floor(width / LABEL_WIDTH));
  const months = (day: EpochDay): number => {
    const iso = isoDay(day);
    return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
  };
  const ticks = (step: number): readonly EpochDay[] => {
    const found: EpochDay[] = [];
    for (let at = Math.ceil(months(first) / step) * step; at <= months(last); at += step) {
      const day = firstOfMonth(at);
      if (day >= first && day <= last) found.push(day);
    }
    return found;
  };
  return STEPS.map(ticks).find((found) => found.length <= most) ?? [first];
};

const MONTH_WIDTH = 42;

/**
 * Which of `size` columns of months are named in a plot: all if there is room, always the newest.
 */
export const namedMonths = (size: number, plot: number): ((index: number) => boolean) => {
  const every = Math.max(1, Math.ceil((size * MONTH_WIDTH) / plot));
  // A name wider than its column would stand out at the left end.
  return (index) => (size - 1 - index) % every === 0 && (every === 1 || index * 2 >= every);
};

/** A horizontal axis of days. */
export const dayAxis = (first: EpochDay, last: EpochDay, width: number) => {
  const customValues = [...monthTicks(first, last, width)];
  return {
    type: 'value',
    min: first,
    max: last,
    axisLine: { onZero: false, ...quiet },
    axisTick: { customValues, ...quiet },
    splitLine: { show: false },
    axisLabel: label(width, {
      customValues,
      formatter: (day: EpochDay) => shortMonth(day),
      hideOverlap: true,
    }),
  };
};
