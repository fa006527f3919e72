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
  /** A safety rule to break deliberately. */
  readonly mutation?: Mutation | undefined;
  /** Called after each schedule. */
  readonly onSchedule?: (done: number, total: number) => Promise<void>;
}

export interface SimulationResult {
  /** Worlds that were run from the first message to rest, with and without faults. */
  readonly runs: number;
  /** Side effects × {crash before, crash after, applied but reported as failed}. */
  readonly crash_points: number;
  readonly schedules: number;
  /** One sentence for each violation, with the command that replays it. */
  readonly violations: readonly string[];
  readonly seed: number;
}

/** Every n-th schedule is also run once for each of its side effects, with a crash there. */
const SCHEDULES_PER_ENUMERATION = 1000;

interface Enumerated {
  readonly runs: number;
  readonly violations: readonly string[];
}

/** Runs once to count the side effects, then once for each side effect and each crash outcome. */
const crashAtEveryEffect = async (
  run: (withFaults: (faults: FaultModel) => FaultModel) => Promise<ScheduleResult>,
  check: (ended: ScheduleResult, faultFree: ScheduleResult) => readonly string[],
): Promise<Enumerated> => {
  const baseline = await run((faults) => faults);
  const violations = [...baseline.violations];
  let runs = 0;
  for (let effect = 0; effect < baseline.effects; effect += 1)
    for (const crash of CRASH_OUTCOMES) {
      const ended = await run((faults) => crashAtEffect(faults, effect, crash));
      runs += 1;
      violations.push(
        ...check(ended, baseline).map((one) => `${crash} at side effect ${effect}: ${one}`),
      );
    }
  return { runs, violations };
};

const replayOf = (seed: number): string => `live-pool simulate --seed ${seed} --runs 1`;

/**
 * Runs the whole pipeline in memory with seeded fault injection: `runs` schedules, and a fixed
 * scenario of three months and three rollbacks with a crash at each of its side effects. Every
 * thousandth schedule after the first is also run with a crash at each of its side effects.
 */
export const simulate = async ({
  seed,
  runs,
  mutation,
  onSchedule = async () => undefined,
}: SimulationOptions): Promise<SimulationResult> => {
  const violations: string[] = [];
  const addViolations = (schedule: number, found: readonly string[]): void => {
    const at = seed + schedule;
    for (const violation of found)
      violations.push(`seed ${at} (schedule ${schedule}): ${violation}. Replay: ${replayOf(at)}`);
  };

  const scenario = await crashAtEveryEffect(
    (withFaults) => runActions(SCENARIO, 0, withFaults(noFaults), mutation),
    (ended, baseline) => [
      ...ended.violations,
      ...faultFreeDifferences(ended.contents, baseline.contents),
    ],
  );
  for (const violation of scenario.violations)
    violations.push(`the fixed scenario (any seed): ${violation}. Replay: ${replayOf(seed)}`);

  let crashPoints = scenario.runs;
  for (let schedule = 0; schedule < runs; schedule += 1) {
    await onSchedule(schedule, runs);
    addViolations(schedule, (await runWorkload(seed + schedule, mutation)).violations);
    if (schedule === 0 || schedule % SCHEDULES_PER_ENUMERATION !== 0) continue;
    const crashed = await crashAtEveryEffect(
      (withFaults) => runWorkload(seed + schedule, mutation, withFaults),
      ({ violations }) => violations,
    );
    crashPoints += crashed.runs;
    addViolations(schedule, crashed.violations);
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
