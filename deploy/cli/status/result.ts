import { allDisagreements, lossIn, type StatusFacts, type Times } from './fields.js';
import type { NextStep } from './next-step.js';

const countBy = (names: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const deadLettersOf = ({ deadLetters }: StatusFacts) => {
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

const unfinishedOf = ({ unfinished }: StatusFacts) =>
  unfinished === undefined
    ? {
        count: null,
        pending: {},
        interrupted_run: null,
        process: null,
        unknown: 'only Pub/Sub knows',
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

/** What `status` answers; scripts rely on the names. Null: there is none, or it is not known. */
export const statusAnswer = (
  facts: StatusFacts,
  times: Times,
  { words, why }: NextStep,
  command: (words: string) => string,
) => {
  const { shown, head, entry, disagreements } = facts;
  const loss = lossIn(facts);
  const isReadable = disagreements.release === undefined;
  return {
    version: shown?.version ?? null,
    as_of_date: shown?.asOfDate ?? null,
    age_days: times.age,
    days_left: times.daysLeft,
    fresh: times.fresh,
    promotion_seq: head?.seq ?? null,
    current_consistent: isReadable && disagreements.current.length === 0,
    document_consistent: isReadable && disagreements.document.length === 0,
    members: shown?.members ?? [],
    refused_from: times.refusedFrom,
    due: { next_run: times.nextRun.toISOString(), as_of_date: times.dueDate, late: times.late },
    /** Why the current release is not to be shown. */
    release_problem: disagreements.release ?? null,
    disagreements: [
      ...(loss === undefined ? [] : [loss]),
      ...(head !== null && disagreements.release !== undefined
        ? [`releases/${head.version}/`]
        : []),
      ...allDisagreements(disagreements),
    ],
    unfinished: unfinishedOf(facts),
    dead_letters: deadLettersOf(facts),
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
    next_step: { command: words === null ? null : command(words), why },
  };
};
export type StatusAnswer = ReturnType<typeof statusAnswer>;
