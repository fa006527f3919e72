import { type EpochDay, isoDay, parseIsoDay } from '../../../shared/day.js';
import type { LedgerEntry } from '../../../shared/promotion/ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { lossOf } from '../../../shared/releases/published-sequence.js';
import type { Unfinished } from '../target/command-target.js';
import type { DeadLetterFacts } from '../target/dead-letter-summary.js';
import { type Awaited, awaitedMonth, dueDay, isLate, nextRun } from './run-schedule.js';

/** What readers are shown: of the summary document, as far as it says it. */
export interface Shown {
  readonly version: string | null;
  readonly asOfDate: string | null;
  readonly seq: number | null;
  readonly members: readonly string[];
}

/** Where what readers see is not what the ledger says, by object. */
export interface Disagreements {
  readonly current: readonly string[];
  readonly document: readonly string[];
  readonly event: readonly string[];
  readonly ledger: readonly string[];
  /** Why the head's release cannot be read, and so nothing be held against it. */
  readonly release: string | undefined;
}

/** What promotions have left outside the promotion state. */
export interface Traces {
  readonly hasLedger: boolean;
  /** The highest promotion that readers have of the document or `current/`; 0 where none is named. */
  readonly readers: number;
}

/** A look at the dead letters, or why there was none. */
export type DeadLetterLook =
  | { readonly kind: 'known'; readonly letters: readonly DeadLetterFacts[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** All that is read for `status`, before anything is concluded. */
export interface StatusFacts {
  readonly now: Date;
  readonly maxAgeDays: number;
  readonly shown: Shown | undefined;
  readonly head: PromotionState['head'];
  readonly frontier: PromotionState['frontier'];
  readonly entry: LedgerEntry | undefined;
  readonly traces: Traces;
  readonly disagreements: Disagreements;
  readonly deadLetters: DeadLetterLook;
  readonly unfinished: Unfinished | undefined;
  /** The words that run the next month. */
  readonly monthlyRun: string;
}

/** How old what readers see is, and when something is due. */
export interface Times {
  readonly age: number | null;
  readonly daysLeft: number | null;
  readonly fresh: boolean;
  /** The first day on which readers refuse it. */
  readonly refusedFrom: string | null;
  readonly nextRun: Date;
  readonly dueDate: string;
  readonly late: boolean;
  /** Not late yet: the month that is under way. */
  readonly awaited: Awaited | undefined;
}

export const timesOf = (
  { now, maxAgeDays, shown, frontier }: StatusFacts,
  today: EpochDay,
): Times => {
  const day = shown?.asOfDate == null ? Number.NaN : parseIsoDay(shown.asOfDate);
  const age = Number.isNaN(day) ? null : today - day;
  const late = isLate(now, frontier);
  return {
    age,
    daysLeft: age === null ? null : Math.max(0, maxAgeDays - age),
    fresh: age !== null && age >= 0 && age <= maxAgeDays,
    refusedFrom: age === null ? null : isoDay(day + maxAgeDays + 1),
    nextRun: nextRun(now),
    dueDate: isoDay(dueDay(now)),
    late,
    awaited: late ? undefined : awaitedMonth(now, frontier),
  };
};

/** How the promotion state is behind what it has led to: something of it is lost. */
export const lossIn = ({ head, traces: { hasLedger, readers } }: StatusFacts): string | undefined =>
  lossOf(head, readers) ??
  (head === null && hasLedger ? 'the promotion state is lost (there is a ledger)' : undefined);

export const allDisagreements = ({
  current,
  document,
  event,
  ledger,
}: Disagreements): readonly string[] => [...current, ...document, ...event, ...ledger];
