import type { Usage } from './http-messages.js';

const MINUTE = 60_000;

/** The weight of one request, held from before it is sent until a minute after it is settled. */
export interface Lease {
  readonly weight: number;
  /** The weight of all requests that had been settled when this one was sent. */
  readonly settledBefore: number;
}

/** Times in milliseconds. */
export interface WeightBudget {
  /** The lease, or the earliest time at which a retry is useful. */
  readonly take: (weight: number, now: number) => Lease | number;
  /** Settles a request, with its reply's report on the exchange's current minute. */
  readonly settle: (lease: Lease, now: number, usage?: Usage) => void;
}

interface Report {
  /** The weight used at the time of the reply, minus our weight that it certainly includes. */
  readonly base: number;
  readonly settled: number;
  readonly until: number;
}

/**
 * Keeps request weight under a limit per minute, independently of the alignment of the exchange's
 * minutes and the offset of its clock. Two bounds hold at the same time:
 *
 * - Ours: a request is counted from before it is sent until a minute after its reply. It arrives
 *   between the two, so each request that arrives in a minute of the exchange is still counted when
 *   the last of it is sent.
 * - Everyone's on this IP address: the exchange reports what its present minute has seen. That, and
 *   everything of ours that it may not have seen yet, stay within the limit until that minute is
 *   certainly over.
 */
export const weightBudget = (perMinute: number): WeightBudget => {
  // Ascending by time, because time passes; the entries before `gone` have been given back.
  const held: { readonly weight: number; readonly until: number }[] = [];
  let gone = 0;
  let counted = 0;
  let sent = 0;
  let settled = 0;
  let report: Report | undefined;

  const giveBack = (now: number): void => {
    for (let first = held[gone]; first !== undefined && first.until <= now; first = held[gone]) {
      counted -= first.weight;
      gone += 1;
    }
    if (gone > 1000) {
      held.splice(0, gone);
      gone = 0;
    }
    if (report !== undefined && report.until <= now) report = undefined;
  };

  const whenOursFits = (weight: number, now: number): number => {
    let excess = counted + weight - perMinute;
    for (let at = gone; excess > 0; at += 1) {
      const next = held[at];
      // The rest is in transit: none of it is released before a minute has passed.
      if (next === undefined) return now + MINUTE;
      excess -= next.weight;
      if (excess <= 0) return next.until;
    }
    return now;
  };

  return {
    take: (weight, now) => {
      giveBack(now);
      const ours = whenOursFits(weight, now);
      const everyones =
        report !== undefined && report.base + sent + weight > perMinute ? report.until : now;
      const earliest = Math.max(ours, everyones);
      if (earliest > now) return earliest;
      counted += weight;
      sent += weight;
      return { weight, settledBefore: settled };
    },
    settle: ({ weight, settledBefore }, now, usage) => {
      giveBack(now);
      held.push({ weight, until: now + MINUTE });
      settled += weight;
      if (usage === undefined) return;
      const base = usage.weight - settledBefore - weight;
      // A lower report counts only from a request sent after the last one: the minute has changed,
      // or fewer of ours are in doubt. From one sent before, it may just be the older of the two.
      if (report === undefined || base >= report.base || settledBefore >= report.settled) {
        report = { base, settled, until: now + usage.resetsIn };
      }
    },
  };
};
