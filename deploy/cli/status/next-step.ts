import { dayOf, isoDay, parseIsoDay } from '../../../shared/day.js';
import { restatementDay } from '../../../shared/promotion/restatement-day.js';
import { minuteText } from '../terminal/format-instant.js';
import { allDisagreements, lossIn, type StatusFacts, type Times } from './fields.js';

/** The one command to run next, without the place it works in; none where nothing is to be done. */
export interface NextStep {
  readonly words: string | null;
  readonly why: string;
}

/** Days before readers refuse the pool from which somebody should act: two weekends. */
const FEW_DAYS = 10;

type Rule = (facts: StatusFacts, times: Times) => NextStep | undefined;

/** Whatever it is in the middle of looks like a defect until it has ended. */
const atWork: Rule = ({ unfinished: left }) =>
  left?.process === undefined
    ? undefined
    : {
        words: null,
        why: `Process ${left.process} is at work here; look again when it has ended.`,
      };

const unfinished: Rule = ({ unfinished: left }) => {
  if (left === undefined || left.shadow !== undefined) return undefined;
  if (left.resume === undefined && left.pending.length === 0) return undefined;
  // Whatever changes the folder finishes first what it finds.
  return {
    words: left.resume ?? 'reconcile',
    why: 'A run was interrupted; this goes on with it.',
  };
};

/** A run would begin at promotion 1, and a repair show readers an older release. */
const lost: Rule = (facts) => {
  const loss = lossIn(facts);
  if (loss === undefined) return undefined;
  const sentence = `${loss.slice(0, 1).toUpperCase()}${loss.slice(1)}`;
  return {
    words: 'history --verify',
    why: `${sentence}: let no run start. See "Firestore is lost" in deploy/gcp/RUNBOOK.md.`,
  };
};

const unreadable: Rule = ({ head, disagreements }) =>
  head !== null && disagreements.release !== undefined
    ? {
        words: `release verify ${head.version}`,
        why: 'The current release is not whole as it was promoted; see what is wrong.',
      }
    : undefined;

const broken: Rule = ({ disagreements }) =>
  disagreements.ledger.length > 0
    ? { words: 'history --verify', why: 'The ledger is not the unbroken chain that was written.' }
    : undefined;

const apart: Rule = ({ disagreements }) =>
  allDisagreements(disagreements).length > 0
    ? { words: 'reconcile', why: 'What readers see is not what the ledger says.' }
    : undefined;

const nothing: Rule = ({ head, shown, monthlyRun }) => {
  if (head !== null) return undefined;
  const before = shown === undefined ? '' : ' from here; what readers see is from before';
  return { words: monthlyRun, why: `Nothing has been published yet${before}.` };
};

const early: Rule = (_facts, { age }) =>
  age !== null && age < 0
    ? { words: null, why: 'The release is of a later day than the clock shows; look at --now.' }
    : undefined;

const missed: Rule = ({ monthlyRun, deadLetters }, { late, dueDate }) => {
  if (!late) return undefined;
  const isParked = deadLetters.kind === 'known' && deadLetters.letters.length > 0;
  const hint = isParked ? '; a dead letter may tell why' : '';
  return { words: monthlyRun, why: `There is no release of ${dueDate} yet${hint}.` };
};

/** The month was released, and yet readers have an older one: somebody has gone back to it. */
const old: Rule = ({ head, frontier, now }, { fresh, daysLeft, awaited }) => {
  // Whatever is promoted meanwhile, the month under way comes later.
  if (head === null || awaited !== undefined || (fresh && (daysLeft ?? 0) > FEW_DAYS))
    return undefined;
  const harm = fresh
    ? `Readers refuse it in ${(daysLeft ?? 0) + 1} days`
    : 'Readers refuse it for its age';
  const day = restatementDay(dayOf(now), parseIsoDay(frontier ?? ''));
  return day === undefined
    ? { words: null, why: `${harm}; the month that is about to be run gives them a new one.` }
    : {
        words: `restate --from ${head.version} --as-of-date ${isoDay(day)} --reason REASON`,
        why: `${harm}; this gives the same pool a new date.`,
      };
};

const parked: Rule = ({ deadLetters }) =>
  deadLetters.kind === 'known' && deadLetters.letters.length > 0
    ? { words: 'dead-letters', why: 'A function could not use a message; see why.' }
    : undefined;

const unseen: Rule = ({ deadLetters }) =>
  deadLetters.kind === 'unknown'
    ? { words: 'dead-letters', why: 'Whether there are dead letters is unknown; look at them.' }
    : undefined;

const shadow: Rule = ({ unfinished: left }) =>
  left?.shadow === undefined
    ? undefined
    : { words: left.shadow, why: 'A shadow build was interrupted; this goes on with it.' };

const underWay: Rule = (_facts, { awaited }) =>
  awaited && {
    words: null,
    why: `${awaited.asOfDate} is due and expected by ${minuteText(awaited.by.toISOString())} UTC; look again then.`,
  };

/** The first that applies: our own unfinished work, then whatever harms readers most. */
const RULES: readonly Rule[] = [
  ...[atWork, unfinished, lost, broken, nothing, unreadable, apart],
  ...[early, missed, old],
  ...[parked, unseen, shadow, underWay],
];

export const nextStep = (facts: StatusFacts, times: Times): NextStep => {
  for (const rule of RULES) {
    const step = rule(facts, times);
    if (step !== undefined) return step;
  }
  return {
    words: null,
    why: `Nothing to do until ${isoDay(Math.floor(times.nextRun.getTime() / 86_400_000))}.`,
  };
};
