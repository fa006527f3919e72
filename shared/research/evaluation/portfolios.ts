import { column } from '../../ranking/column-table.js';
import type { DateRange } from '../../ranking/cross-section.js';
import { floatAt, intAt } from '../../typed-arrays.js';
import { type CalendarPosition, calendarPosition } from '../../units.js';
import { scheduleWithin } from '../calendar-schedule.js';
import type { ResearchMarket } from '../prepare-research.js';
import { sampleSpan } from '../sample.js';
import type { Strategy, TrackScores } from '../tracks/track-scores.js';
import type { Ordering } from './tie-breaking.js';

const PORTFOLIO = { names: 3, minVolatility: 0.05 } as const;

/** The holdings from `from` until the next portfolio. */
export interface Portfolio {
  /** The date after the signal. */
  readonly from: CalendarPosition;
  /** Positions in the panel, and their shares of the portfolio, which sum to 1. */
  readonly symbols: Int32Array;
  readonly weights: Float64Array;
}

/**
 * The weekly portfolios of a strategy (METHOD §11.3): the best three, weighted by inverse
 * volatility, held from the next date of the range on. A date without a score changes nothing.
 */
export const weeklyPortfolios = (
  market: ResearchMarket,
  scores: TrackScores,
  strategy: Strategy,
  ordering: Ordering,
  range: DateRange,
): readonly Portfolio[] => {
  const key = ordering.key(scores, strategy);
  const volatility = column(market.columns, 'vol20');
  const portfolios: Portfolio[] = [];
  for (const date of scheduleWithin(market.panel, range, 'weekly')) {
    if (date === range.last) continue;
    const { first, end } = sampleSpan(market.sample.offsets, { first: date, last: date });
    const best = ordering.descending(key.subarray(first, end)).subarray(0, PORTFOLIO.names);
    if (best.length === 0) continue;
    portfolios.push({
      from: calendarPosition(date + 1),
      symbols: best.map((place) => intAt(market.symbolOfRow, first + place)),
      weights: inverseVolatility(
        Float64Array.from(best, (place) => floatAt(volatility, first + place)),
      ),
    });
  }
  return portfolios;
};

const inverseVolatility = (volatility: Float64Array): Float64Array => {
  const inverse = volatility.map((value) => 1 / Math.max(value, PORTFOLIO.minVolatility));
  const total = inverse.reduce((sum, value) => sum + value, 0);
  return inverse.map((value) => value / total);
};
