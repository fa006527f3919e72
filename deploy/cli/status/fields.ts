import { addDays, type EpochDay, isoDay, parseIsoDay } from '../../../shared/day.js';
import type { LedgerEntry } from '../../../shared/promotion/ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { lostStateReason } from '../../../shared/releases/published-sequence.js';
import { epochDay } from '../../../shared/units.js';
import type { UnfinishedWork } from '../target/command-target.js';
import type { DeadLetterSummary } from '../target/dead-letter-summary.js';
import { dueDay, type ExpectedRun, expectedRun, isLate, nextRun } from './run-schedule.js';

/** The summary document, which readers read; null for a missing field. */
export interface SummaryView {
  readonly version: string | null;
  readonly asOfDate: string | null;
  readonly seq: number | null;
  readonly members: readonly string[];
}

/** The differences between what readers see and the ledger, by object. */
export interface Drift {
  readonly current: readonly string[];
  readonly document: readonly string[];
  readonly event: readonly string[];
  readonly ledger: readonly string[];
  /** Why the head's release is unreadable; then nothing can be compared with it. */
  readonly release: string | undefined;
}

/** Evidence of promotions outside the promotion state. */
interface ObservedPromotions {
  readonly hasLedger: boolean;
  /** The highest promotion in the document or `current/`; 0 if there is none. */
  readonly readers: number;
}

/** The dead letters, or why they could not be read. */
export type DeadLetterCheck =
  | { readonly kind: 'known'; readonly letters: readonly DeadLetterSummary[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Everything that `status` reads. */
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
  /** The arguments that run the next month. */
  readonly nextRunArgs: string;
}

/** The age of what readers see, and the due dates. */
export interface Timing {
  readonly age: number | null;
  readonly daysLeft: number | null;
  readonly fresh: boolean;
  /** The first day on which readers refuse it. */
  readonly refusedFrom: string | null;
  readonly nextRun: Date;
  readonly dueDate: string;
  readonly late: boolean;
  /** The month that is being run and is not late yet. */
  readonly expected: ExpectedRun | undefined;
}

export const timingOf = (
  { now, maxAgeDays, shown, frontier }: StatusFields,
  today: EpochDay,
): Timing => {
  const day = shown?.asOfDate == null ? epochDay(Number.NaN) : parseIsoDay(shown.asOfDate);
  const age = Number.isNaN(day) ? null : today - day;
  const late = isLate(now, frontier);
  return {
    age,
    daysLeft: age === null ? null : Math.max(0, maxAgeDays - age),
    fresh: age !== null && age >= 0 && age <= maxAgeDays,
    refusedFrom: age === null ? null : isoDay(addDays(day, maxAgeDays + 1)),
    nextRun: nextRun(now),
    dueDate: isoDay(dueDay(now)),
    late,
    expected: late ? undefined : expectedRun(now, frontier),
  };
};

/** Why promotion state was lost: readers or the ledger are ahead of it. */
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
