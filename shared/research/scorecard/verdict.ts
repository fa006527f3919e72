import { BOOTSTRAP, type Interval } from './bootstrap.js';

/** The primary measure of a track compared with the baseline; more is better. */
export interface Evidence extends Interval {
  readonly months: number;
  readonly difference: number;
}

export interface TrackIds {
  readonly baseline: string;
  readonly track: string;
}

/** The track that the interval favours; undefined if it includes 0 or there is no interval. */
export const significantWinner = ({ low, high }: Evidence, ids: TrackIds): string | undefined => {
  if (low > 0) return ids.track;
  return high < 0 ? ids.baseline : undefined;
};

const points = (share: number): string => (100 * Math.abs(share)).toFixed(2);

const signed = (share: number): string => `${share < 0 ? '−' : '+'}${points(share)}`;

/** The verdict in one sentence; it compares the mean return within 60 days. */
export const verdictText = (evidence: Evidence, ids: TrackIds): string => {
  const { months, difference, low, high } = evidence;
  const { confidence, minimumMonths } = BOOTSTRAP;
  const winner = significantWinner(evidence, ids);
  const loser = winner === ids.track ? ids.baseline : ids.track;
  const verdict =
    winner === undefined
      ? `The evidence favours neither ${ids.baseline} nor ${ids.track}`
      : `The evidence favours ${winner} over ${loser}`;
  if (Number.isNaN(low)) {
    return `${verdict}: the returns within 60 days are known of ${months} months, and an interval needs ${minimumMonths}.`;
  }
  const interval = `${100 * confidence} % interval ${signed(low)} to ${signed(high)}, which ${winner === undefined ? 'includes' : 'excludes'} 0`;
  return `${verdict}: over ${months} months, the pools of ${ids.track} returned within 60 days ${points(difference)} percentage points ${difference < 0 ? 'less' : 'more'} on average than the pools of ${ids.baseline} (${interval}).`;
};
