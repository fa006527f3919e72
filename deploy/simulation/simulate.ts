import { CRASH_OUTCOMES, crashAtEffect, type FaultModel, noFaults } from './faults.js';
import { faultFreeDifferences } from './final-invariants.js';
import { runActions, runWorkload, type ScheduleResult } from './run-workload.js';
import type { Mutation } from './store-mutations.js';
import { SCENARIO } from './workload.js';

export interface SimulationOptions {
  /** Schedule i has the seed `seed + i`. */
  readonly seed: number;
  /** Seeded schedules to run. */
  readonly runs: number;
  /** A rule to break on purpose. */
  readonly mutation?: Mutation | undefined;
  /** Another schedule has been run. */
  readonly onSchedule?: (done: number, total: number) => Promise<void>;
}

export interface SimulationResult {
  /** Worlds that were run from their first message to rest, with and without misfortune. */
  readonly runs: number;
  /** Side effects × {crash before, crash after, done but reported as failed}. */
  readonly crash_points: number;
  readonly schedules: number;
  /** Sentences, each with what replays it. */
  readonly violations: readonly string[];
  readonly seed: number;
}

/** One seed in so many also has a crash at each of its side effects, one run for each. */
const SCHEDULES_PER_ENUMERATION = 1000;

interface Enumerated {
  readonly runs: number;
  readonly problems: readonly string[];
}

/** Runs once to count the side effects, then once for each of them and each way to crash there. */
const crashAtEveryEffect = async (
  run: (withFaults: (faults: FaultModel) => FaultModel) => Promise<ScheduleResult>,
  judged: (ended: ScheduleResult, undisturbed: ScheduleResult) => readonly string[],
): Promise<Enumerated> => {
  const undisturbed = await run((faults) => faults);
  const problems = [...undisturbed.violations];
  let runs = 0;
  for (let effect = 0; effect < undisturbed.effects; effect += 1)
    for (const crash of CRASH_OUTCOMES) {
      const ended = await run((faults) => crashAtEffect(faults, effect, crash));
      runs += 1;
      problems.push(
        ...judged(ended, undisturbed).map((one) => `${crash} at side effect ${effect}: ${one}`),
      );
    }
  return { runs, problems };
};

const replayOf = (seed: number): string => `live-pool simulate --seed ${seed} --runs 1`;

/**
 * Runs the whole pipeline in memory under seeded misfortune: `runs` schedules, and a story of three
 * months and three rollbacks with a crash at every one of its side effects. Each thousandth
 * schedule after the first is crashed at every side effect too.
 */
export const simulate = async ({
  seed,
  runs,
  mutation,
  onSchedule = async () => undefined,
}: SimulationOptions): Promise<SimulationResult> => {
  const violations: string[] = [];
  const addViolations = (schedule: number, problems: readonly string[]): void => {
    const at = seed + schedule;
    for (const problem of problems)
      violations.push(`seed ${at} (schedule ${schedule}): ${problem}. Replay: ${replayOf(at)}`);
  };

  const story = await crashAtEveryEffect(
    (withFaults) => runActions(SCENARIO, 0, withFaults(noFaults), mutation),
    (ended, undisturbed) => [
      ...ended.violations,
      ...faultFreeDifferences(ended.contents, undisturbed.contents),
    ],
  );
  for (const problem of story.problems)
    violations.push(`the story, whatever the seed: ${problem}. Replay: ${replayOf(seed)}`);

  let crashPoints = story.runs;
  for (let schedule = 0; schedule < runs; schedule += 1) {
    await onSchedule(schedule, runs);
    addViolations(schedule, (await runWorkload(seed + schedule, mutation)).violations);
    if (schedule === 0 || schedule % SCHEDULES_PER_ENUMERATION !== 0) continue;
    const crashed = await crashAtEveryEffect(
      (withFaults) => runWorkload(seed + schedule, mutation, withFaults),
      ({ violations }) => violations,
    );
    crashPoints += crashed.runs;
    addViolations(schedule, crashed.problems);
  }
  await onSchedule(runs, runs);
  return {
    runs: 1 + crashPoints + runs,
    crash_points: crashPoints,
    schedules: runs,
    violations,
    seed,
  };
};
