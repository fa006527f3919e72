import type { EpochDay } from '../../day.js';
import { column } from '../../ranking/column-table.js';
import { wholeCalendar } from '../../ranking/cross-section.js';
import { dayAt } from '../../ranking/panel.js';
import type { RegimeCall } from '../../ranking/regime.js';
import { floatAt, intAt } from '../../typed-arrays.js';
import { type CalendarPosition, calendarPosition } from '../../units.js';
import { scheduleWithin } from '../calendar-schedule.js';
import { poolOverlap } from '../evaluation/pool-overlap.js';
import type { ResearchMarket } from '../prepare-research.js';
import { sampleRows } from '../sample.js';
import { applyPoolBuffer } from './apply-pool-buffer.js';
import type { TrackScores } from './track-scores.js';

interface ShadowMember {
  readonly symbol: string;
  readonly baseAsset: string;
  readonly finalScore: number;
  readonly confidence: number;
  /** 1 is the best. */
  readonly rank: number;
}

/** The release that the method would have made on a past day. */
export interface ShadowRelease {
  readonly asOf: EpochDay;
  /** The next day with bars, or the release's own if there is none. */
  readonly activation: EpochDay;
  /** In rank order. */
  readonly pool: readonly ShadowMember[];
  readonly regime: RegimeCall;
  /** Share of the pool that was in the previous release, and its complement; NaN for the first. */
  readonly stability: number;
  readonly churn: number;
}

/**
 * The releases of the monthly schedule, oldest first (METHOD §11.2). Months with fewer than
 * `poolSize` scored members of the universe have none. `buffer` as in {@link applyPoolBuffer}.
 */
export const shadowReleases = (
  market: ResearchMarket,
  scores: TrackScores,
  poolSize: number,
  buffer = 0,
): readonly ShadowRelease[] => {
  const { panel } = market;
  const releases: ShadowRelease[] = [];
  for (const date of scheduleWithin(panel, wholeCalendar(panel), 'monthly')) {
    const ranked = rankedOn(market, scores, date);
    if (ranked.length < poolSize) continue;
    const before = releases.at(-1)?.pool.map(({ symbol }) => symbol);
    const names = ranked.map(({ symbol }) => symbol);
    const symbols = applyPoolBuffer(names, before ?? [], poolSize, buffer);
    const stability = poolOverlap(symbols, before, poolSize);
    const asOf = dayAt(panel.calendar, date);
    const isLast = date + 1 === panel.calendar.length;
    releases.push({
      asOf,
      activation: isLast ? asOf : dayAt(panel.calendar, calendarPosition(date + 1)),
      pool: ranked.filter(({ symbol }) => symbols.includes(symbol)),
      regime: market.regimes[date] as RegimeCall,
      stability,
      churn: 1 - stability,
    });
  }
  return releases;
};

/** All that have a rank on the date, best first. */
const rankedOn = (
  market: ResearchMarket,
  scores: TrackScores,
  date: CalendarPosition,
): readonly ShadowMember[] => {
  const finalScore = column(scores, 'final_score');
  const confidence = column(scores, 'confidence');
  const rank = column(scores, 'current_rank');
  return Array.from(sampleRows(market.sample.offsets, { first: date, last: date }))
    .filter((row) => !Number.isNaN(rank[row]))
    .sort((a, b) => floatAt(rank, a) - floatAt(rank, b))
    .map((row) => {
      const symbol = market.panel.symbols[intAt(market.symbolOfRow, row)] as string;
      return {
        symbol,
        baseAsset: market.metadata.get(symbol)?.baseAsset ?? '',
        finalScore: floatAt(finalScore, row),
        confidence: floatAt(confidence, row),
        rank: floatAt(rank, row),
      };
    });
};
