import { allDrift, lostStateIn, type StatusFields, type Timing } from './fields.js';
import type { NextStep } from './next-step.js';

const countBy = (names: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const deadLettersOf = ({ deadLetters }: StatusFields) => {
  if (deadLetters.kind === 'unknown')
    return { count: null, by_function: {}, newest: null, unknown: deadLetters.reason };
  const { letters } = deadLetters;
  const newest = letters.at(-1);
  return {
    count: letters.length,
    by_function: countBy(letters.map((letter) => letter.function)),
    newest: newest === undefined ? null : { function: newest.function, reason: newest.reason },
    unknown: null,
  };
};

const unfinishedOf = ({ unfinished }: StatusFields) =>
  unfinished === undefined
    ? {
        count: null,
        pending: {},
        interrupted_run: null,
        process: null,
        unknown: 'only Pub/Sub knows the pending messages',
      }
    : {
        count: unfinished.pending.length,
        pending: countBy(unfinished.pending),
        interrupted_run:
          unfinished.process === undefined &&
          (unfinished.resume ?? unfinished.shadow) !== undefined,
        process: unfinished.process ?? null,
        unknown: null,
      };

/** The result of `status`; scripts rely on the names. Null: none, or unknown. */
export const statusResult = (
  fields: StatusFields,
  timing: Timing,
  { args, why }: NextStep,
  command: (args: string) => string,
) => {
  const { shown, head, entry, drift } = fields;
  const loss = lostStateIn(fields);
  const isReadable = drift.release === undefined;
  return {
    version: shown?.version ?? null,
    as_of_date: shown?.asOfDate ?? null,
    age_days: timing.age,
    days_left: timing.daysLeft,
    fresh: timing.fresh,
    promotion_seq: head?.seq ?? null,
    current_consistent: isReadable && drift.current.length === 0,
    document_consistent: isReadable && drift.document.length === 0,
    members: shown?.members ?? [],
    refused_from: timing.refusedFrom,
    due: { next_run: timing.nextRun.toISOString(), as_of_date: timing.dueDate, late: timing.late },
    /** Why the current release cannot be read. */
    release_problem: drift.release ?? null,
    disagreements: [
      ...(loss === undefined ? [] : [loss]),
      ...(head !== null && drift.release !== undefined ? [`releases/${head.version}/`] : []),
      ...allDrift(drift),
    ],
    unfinished: unfinishedOf(fields),
    dead_letters: deadLettersOf(fields),
    last_promotion:
      entry === undefined
        ? null
        : {
            seq: entry.seq,
            version: entry.version,
            intent: entry.intent,
            reason: entry.reason,
            actor: entry.actor,
            promoted_at: entry.promoted_at,
          },
    next_step: { command: args === null ? null : command(args), why },
  };
};
export type StatusResult = ReturnType<typeof statusResult>;
