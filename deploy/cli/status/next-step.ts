import { dayOf, isoDay, parseIsoDay } from '../../../shared/day.js';
import { restatementDay } from '../../../shared/promotion/restatement-day.js';
import { formatInstant } from '../terminal/format-instant.js';
import { allDrift, lostStateIn, type StatusFields, type Timing } from './fields.js';

/** The one command to run next, without the place it works in; none where nothing is to be done. */
export interface NextStep {
  readonly args: string | null;
  readonly why: string;
}

/** Days before readers refuse the pool from which somebody should act: two weekends. */
const FEW_DAYS = 10;

type NextStepRule = (fields: StatusFields, timing: Timing) => NextStep | undefined;

/** Whatever it is in the middle of looks like a defect until it has ended. */
const processRunning: NextStepRule = ({ unfinished: left }) =>
  left?.process === undefined
    ? undefined
    : {
        args: null,
        why: `Process ${left.process} is at work here; look again when it has ended.`,
      };

const unfinished: NextStepRule = ({ unfinished: left }) => {
  if (left === undefined || left.shadow !== undefined) return undefined;
  if (left.resume === undefined && left.pending.length === 0) return undefined;
  // Whatever changes the folder finishes first what it finds.
  return {
    args: left.resume ?? 'reconcile',
    why: 'A run was interrupted; this goes on with it.',
  };
};

/** A run would begin at promotion 1, and a repair show readers an older release. */
const stateLost: NextStepRule = (fields) => {
  const loss = lostStateIn(fields);
  if (loss === undefined) return undefined;
  const sentence = `${loss.slice(0, 1).toUpperCase()}${loss.slice(1)}`;
  return {
    args: 'history --verify',
    why: `${sentence}: let no run start. See "Firestore is lost" in deploy/gcp/RUNBOOK.md.`,
  };
};

const unreadable: NextStepRule = ({ head, drift }) =>
  head !== null && drift.release !== undefined
    ? {
        args: `release verify ${head.version}`,
        why: 'The current release is not whole as it was promoted; see what is wrong.',
      }
    : undefined;

const ledgerBroken: NextStepRule = ({ drift }) =>
  drift.ledger.length > 0
    ? { args: 'history --verify', why: 'The ledger is not the unbroken chain that was written.' }
    : undefined;

const drifted: NextStepRule = ({ drift }) =>
  allDrift(drift).length > 0
    ? { args: 'reconcile', why: 'What readers see is not what the ledger says.' }
    : undefined;

const neverPublished: NextStepRule = ({ head, shown, nextRunArgs }) => {
  if (head !== null) return undefined;
  const before = shown === undefined ? '' : ' from here; what readers see is from before';
  return { args: nextRunArgs, why: `Nothing has been published yet${before}.` };
};

const notYetValid: NextStepRule = (_facts, { age }) =>
  age !== null && age < 0
    ? { args: null, why: 'The release is of a later day than the clock shows; look at --now.' }
    : undefined;

const overdue: NextStepRule = ({ nextRunArgs, deadLetters }, { late, dueDate }) => {
  if (!late) return undefined;
  const isParked = deadLetters.kind === 'known' && deadLetters.letters.length > 0;
  const hint = isParked ? '; a dead letter may tell why' : '';
  return { args: nextRunArgs, why: `There is no release of ${dueDate} yet${hint}.` };
};

/** The month was released, and yet readers have an older one: somebody has gone back to it. */
const expiring: NextStepRule = ({ head, frontier, now }, { fresh, daysLeft, expected }) => {
  // Whatever is promoted meanwhile, the month under way comes later.
  if (head === null || expected !== undefined || (fresh && (daysLeft ?? 0) > FEW_DAYS))
    return undefined;
  const harm = fresh
    ? `Readers refuse it in ${(daysLeft ?? 0) + 1} days`
    : 'Readers refuse it for its age';
  const day = restatementDay(dayOf(now), parseIsoDay(frontier ?? ''));
  return day === undefined
    ? { args: null, why: `${harm}; the month that is about to be run gives them a new one.` }
    : {
        args: `restate --from ${head.version} --as-of-date ${isoDay(day)} --reason REASON`,
        why: `${harm}; this gives the same pool a new date.`,
      };
};

const deadLettered: NextStepRule = ({ deadLetters }) =>
  deadLetters.kind === 'known' && deadLetters.letters.length > 0
    ? { args: 'dead-letters', why: 'A function could not use a message; see why.' }
    : undefined;

const deadLettersUnknown: NextStepRule = ({ deadLetters }) =>
  deadLetters.kind === 'unknown'
    ? { args: 'dead-letters', why: 'Whether there are dead letters is unknown; look at them.' }
    : undefined;

const shadow: NextStepRule = ({ unfinished: left }) =>
  left?.shadow === undefined
    ? undefined
    : { args: left.shadow, why: 'A shadow build was interrupted; this goes on with it.' };

const runExpected: NextStepRule = (_facts, { expected }) =>
  expected && {
    args: null,
    why: `${expected.asOfDate} is due and expected by ${formatInstant(expected.by.toISOString())} UTC; look again then.`,
  };

/** The first that applies: our own unfinished work, then whatever harms readers most. */
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
    why: `Nothing to do until ${isoDay(Math.floor(timing.nextRun.getTime() / 86_400_000))}.`,
  };
};
