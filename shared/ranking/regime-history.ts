import type { EpochDay } from '../day.js';
import type { CalendarPosition } from '../units.js';
import type { Columns } from './column-table.js';
import type { DateFeature } from './features/names.js';
import { dateOf, dayAt, type Panel } from './panel.js';
import type { Regime } from './parameters.js';
import { availableInputs, classifyRegime, regimeInputs } from './regime.js';
import { weeklyDaysUpTo } from './weekly-days.js';

/** The regime of one day, as the live build of a later day sees it. */
export interface RegimePoint {
  readonly day: EpochDay;
  readonly regime: Regime;
  readonly inputs: Readonly<Record<DateFeature, number | null>>;
}

/**
 * The regime on the days of {@link weeklyDaysUpTo}; days on which no symbol has a bar are left out.
 */
export const regimeHistory = (
  panel: Panel,
  byDate: Columns<DateFeature>,
  asOf: CalendarPosition,
): readonly RegimePoint[] =>
  weeklyDaysUpTo(dayAt(panel.calendar, asOf)).flatMap((day) => {
    const date = dateOf(panel, day);
    if (date === undefined) return [];
    const inputs = regimeInputs(byDate, date);
    return [{ day, regime: classifyRegime(inputs).regime, inputs: availableInputs(inputs) }];
  });
