import { type EpochDay, isoDay, parseIsoDay } from '../../../shared/day.js';
import type { LedgerEntry } from '../../../shared/promotion/ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { lostStateReason } from '../../../shared/releases/published-sequence.js';
import type { UnfinishedWork } from '../target/command-target.js';
import type { DeadLetterSummary } from '../target/dead-letter-summary.js';
import { dueDay, type ExpectedRun, expectedRun, isLate, nextRun } from './run-schedule.js';

/** What readers are shown: of the summary document, as far as it says it. */
export interface SummaryView {
  readonly version: string | null;
  readonly asOfDate: string | null;
  readonly seq: number | null;
  readonly members: readonly string[];
}

/** Where what readers see is not what the ledger says, by object. */
export interface Drift {
  readonly current: readonly string[];
  readonly document: readonly string[];
  readonly event: readonly string[];
  readonly ledger: readonly string[];
  /** Why the head's release cannot be read, and so nothing be held against it. */
  readonly release: string | undefined;
}

/** What promotions have left outside the promotion state. */
export interface ObservedPromotions {
  readonly hasLedger: boolean;
  /** The highest promotion that readers have of the document or `current/`; 0 where none is named. */
  readonly readers: number;
}

/** A look at the dead letters, or why there was none. */
export type DeadLetterCheck =
  | { readonly kind: 'known'; readonly letters: readonly DeadLetterSummary[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** All that is read for `status`, before anything is concluded. */
export interface StatusFields {
  readonly now: Date;
  readonly maxAgeDays: number;
  readonly shown: SummaryView | undefined;
  readonly head: PromotionState['head'];
  readonly frontier: PromotionState['frontier'];
  readonly entry: LedgerEntry | undefined;
  readonly promotions: ObservedPromotions;
  readonly drift: Drift;
  readonly deadLetters: DeadLetterCheck;
  readonly unfinished: UnfinishedWork | undefined;
  /** The words that run the next month. */
  readonly nextRunArgs: string;
}

/** How old what readers see is, and when something is due. */
export interface Timing {
  readonly age: number | null;
  readonly daysLeft: number | null;
  readonly fresh: boolean;
  /** The first day on which readers refuse it. */
  readonly refusedFrom: string | null;
  readonly nextRun: Date;
  readonly dueDate: string;
  readonly late: boolean;
  /** Not late yet: the month that is under way. */
  readonly expected: ExpectedRun | undefined;
}

export const timingOf = (
  { now, maxAgeDays, shown, frontier }: StatusFields,
  today: EpochDay,
): Timing => {
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
    expected: late ? undefined : expectedRun(now, frontier),
  };
};

/** How the promotion state is behind what it has led to: something of it is lost. */
export const lostStateIn = ({
  head,
  promotions: { hasLedger, readers },
}: StatusFields): string | undefined =>
  lostStateReason(head, readers) ??
  (head === null && hasLedger ? 'the promotion state is lost (there is a ledger)' : undefined);

export const allDrift = ({ current, document, event, ledger }: Drift): readonly string[] => [
  ...current,
  ...document,
  ...event,
  ...ledger,
];
