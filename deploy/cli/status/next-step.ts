import { dayOf, isoDay, parseIsoDay } from '../../../shared/day.js';
import { restatementDay } from '../../../shared/promotion/restatement-day.js';
import { formatInstant } from '../terminal/format-instant.js';
import { allDrift, lostStateIn, type StatusFields, type Timing } from './fields.js';

/** The next command, without the options that name the target; null args: nothing to run. */
export interface NextStep {
  readonly args: string | null;
  readonly why: string;
}

/** From this many days before readers refuse the pool an operator should act: two weekends. */
const FEW_DAYS = 10;

type NextStepRule = (fields: StatusFields, timing: Timing) => NextStep | undefined;

/** First, because unfinished work of the process looks like drift. */
const processRunning: NextStepRule = ({ unfinished: left }) =>
  left?.process === undefined
    ? undefined
    : {
        args: null,
        why: `Process ${left.process} is running in this folder. Check again when it ends.`,
      };

const unfinished: NextStepRule = ({ unfinished: left }) => {
  if (left === undefined || left.shadow !== undefined) return undefined;
  if (left.resume === undefined && left.pending.length === 0) return undefined;
  // Any command that changes the folder delivers the pending messages first.
  return {
    args: left.resume ?? 'reconcile',
    why: 'A run was interrupted; resume it with this command.',
  };
};

/** A run would start at promotion 1 again, and a repair would show readers an older release. */
const stateLost: NextStepRule = (fields) => {
  const loss = lostStateIn(fields);
  if (loss === undefined) return undefined;
  const sentence = `${loss.slice(0, 1).toUpperCase()}${loss.slice(1)}`;
  return {
    args: 'history --verify',
    why: `${sentence}. Do not start a run. See "Firestore is lost" in deploy/gcp/RUNBOOK.md.`,
  };
};

const unreadable: NextStepRule = ({ head, drift }) =>
  head !== null && drift.release !== undefined
    ? {
        args: `release verify ${head.version}`,
        why: 'The current release is damaged; list its errors.',
      }
    : undefined;

const ledgerBroken: NextStepRule = ({ drift }) =>
  drift.ledger.length > 0
    ? { args: 'history --verify', why: 'The hash chain of the ledger is broken; list the entries.' }
    : undefined;

const drifted: NextStepRule = ({ drift }) =>
  allDrift(drift).length > 0
    ? {
        args: 'reconcile',
        why: 'current/, the document or the event differs from the ledger; repair it.',
      }
    : undefined;

const neverPublished: NextStepRule = ({ head, shown, nextRunArgs }) => {
  if (head !== null) return undefined;
  const before = shown === undefined ? '' : ' from here; readers see an earlier release';
  return { args: nextRunArgs, why: `Nothing has been published yet${before}.` };
};

const notYetValid: NextStepRule = (_fields, { age }) =>
  age !== null && age < 0
    ? { args: null, why: 'The release is dated after the clock; check --now.' }
    : undefined;

const overdue: NextStepRule = ({ nextRunArgs, deadLetters }, { late, dueDate }) => {
  if (!late) return undefined;
  const hasDeadLetters = deadLetters.kind === 'known' && deadLetters.letters.length > 0;
  const hint = hasDeadLetters ? '; a dead letter may contain the cause' : '';
  return { args: nextRunArgs, why: `No release of ${dueDate} yet${hint}.` };
};

/** The month was released, but readers have an older release after a rollback. */
const expiring: NextStepRule = ({ head, frontier, now }, { fresh, daysLeft, expected }) => {
  // The month that is being run replaces the release.
  if (head === null || expected !== undefined || (fresh && (daysLeft ?? 0) > FEW_DAYS))
    return undefined;
  const harm = fresh
    ? `Readers will refuse the release in ${(daysLeft ?? 0) + 1} days`
    : 'Readers refuse the release for its age';
  const day = restatementDay(dayOf(now), parseIsoDay(frontier ?? ''));
  return day === undefined
    ? { args: null, why: `${harm}; the next monthly run replaces it.` }
    : {
        args: `restate --from ${head.version} --as-of-date ${isoDay(day)} --reason REASON`,
        why: `${harm}; publish the same pool under a new date.`,
      };
};

const deadLettered: NextStepRule = ({ deadLetters }) =>
  deadLetters.kind === 'known' && deadLetters.letters.length > 0
    ? { args: 'dead-letters', why: 'A function dead-lettered a message; read the reason.' }
    : undefined;

const deadLettersUnknown: NextStepRule = ({ deadLetters }) =>
  deadLetters.kind === 'unknown'
    ? { args: 'dead-letters', why: 'Dead letters could not be read; list them to see the error.' }
    : undefined;

const shadow: NextStepRule = ({ unfinished: left }) =>
  left?.shadow === undefined
    ? undefined
    : { args: left.shadow, why: 'A shadow build was interrupted; resume it with this command.' };

const runExpected: NextStepRule = (_fields, { expected }) =>
  expected && {
    args: null,
    why: `The release of ${expected.asOfDate} is due by ${formatInstant(expected.by.toISOString())} UTC. Check again then.`,
  };

/** The first rule that applies wins: unfinished work, then the greatest harm to readers. */
const RULES: readonly NextStepRule[] = [
  ...[processRunning, unfinished, stateLost, ledgerBroken, neverPublished, unreadable, drifted],
  ...[notYetValid, overdue, expiring],
  ...[deadLettered, deadLettersUnknown, shadow, runExpected],
];

export const nextStep = (fields: StatusFields, timing: Timing): NextStep => {
  for (const rule of RULES) {
    const step = rule(fields, timing);
    if (step !== undefined) return step;
  }
  return {
    args: null,
    why: `Nothing to do until ${isoDay(dayOf(timing.nextRun))}.`,
  };
};
