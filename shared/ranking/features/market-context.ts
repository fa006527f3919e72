import { calendarPosition } from '../../units.js';
import { column } from '../column-table.js';
import { type CrossSections, gather, rowsOn } from '../cross-section.js';
import { WINDOWS } from '../parameters.js';
import { median } from '../statistics/median.js';
import { standardDeviation } from '../statistics/standard-deviation.js';
import type { FeatureSet } from './feature-set.js';

/** The share of all values, missing ones included, that are above 0. */
const shareAboveZero = (values: Float64Array): number => {
  let above = 0;
  for (const value of values) if (value > 0) above += 1;
  return above / values.length;
};

const largest = (values: Float64Array): number => {
  let found = Number.NaN;
  for (const value of values) if (!(value <= found) && !Number.isNaN(value)) found = value;
  return found;
};

/**
 * Breadth, dispersion and leadership of the universe on every date with at least five members
 * (METHOD §4.3); NaN on the others. Written to `features.byDate`.
 */
export const marketContext = (features: FeatureSet, members: CrossSections): void => {
  const { byRow, byDate } = features;
  const versusAverage60 = column(byRow, 'price_vs_sma60');
  const versusAverage200 = column(byRow, 'price_vs_sma200');
  const momentumByRow = column(byRow, 'momentum_combo');
  const strengthByRow = column(byRow, 'rs_combo');
  const breadth60 = column(byDate, 'breadth_above_sma60');
  const breadth200 = column(byDate, 'breadth_above_sma200');
  const momentumDispersion = column(byDate, 'universe_momentum_dispersion');
  const strengthDispersion = column(byDate, 'universe_rs_dispersion');
  const burst = column(byDate, 'single_leader_burst');
  for (let date = 0; date < byDate.rows; date += 1) {
    const rows = rowsOn(members, calendarPosition(date));
    if (rows.length < WINDOWS.minBreadthNames) continue;
    breadth60[date] = shareAboveZero(gather(versusAverage60, rows));
    breadth200[date] = shareAboveZero(gather(versusAverage200, rows));
    const momentum = gather(momentumByRow, rows);
    momentumDispersion[date] = standardDeviation(momentum);
    strengthDispersion[date] = standardDeviation(gather(strengthByRow, rows));
    burst[date] = largest(momentum) - median(momentum);
  }
};
