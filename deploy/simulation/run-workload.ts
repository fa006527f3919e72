import type { Version } from '../../shared/codec/primitives.js';
import { ARTIFACT_FILE } from '../../shared/contract/constants.js';
import { releaseKey } from '../../shared/object-keys.js';
import { type FaultModel, noFaults, seededFaults } from './faults.js';
import {
  faultFreeDifferences,
  quiescenceViolations,
  releaseViolations,
} from './final-invariants.js';
import { MONTHS, type MonthEnd, versionOfMonth } from './fixture-market.js';
import { performAction } from './perform-action.js';
import { seededRandom } from './random.js';
import type { StoreContents } from './store-contents.js';
import type { Mutation } from './store-mutations.js';
import { requestedMonth, seededWorkload, type WorkloadAction } from './workload.js';
import { makeWorld, type WorldReport } from './world.js';

export interface ScheduleResult extends WorldReport {
  readonly contents: StoreContents;
}

/** Runs a schedule to its end and checks the invariants, after every write and at the end. */
export const runActions = async (
  actions: readonly WorkloadAction[],
  seed: number,
  faults: FaultModel,
  mutation?: Mutation,
): Promise<ScheduleResult> => {
  const world = makeWorld(seededRandom(seed), faults, mutation);
  for (const action of actions) world.at(action.at, () => performAction(world, action));
  const report = await world.run();
  const violations = [...report.violations, ...quiescenceViolations(world.contents)];
  return { ...report, violations, contents: world.contents };
};

const faultFreeRuns = new Map<string, Promise<ScheduleResult>>();

/** A month's run without faults, requested at the instant that becomes its `generated_at`. */
const faultFreeRun = (month: MonthEnd, at: number): Promise<ScheduleResult> => {
  const key = `${month} at ${at}`;
  const found =
    faultFreeRuns.get(key) ??
    runActions([{ kind: 'request', at, body: { as_of_date: month } }], 0, noFaults);
  faultFreeRuns.set(key, found);
  return found;
};

/** The instant at which the run that wrote the release began. */
const startedAt = ({ objects }: StoreContents, version: Version): number => {
  const manifest = objects.get(releaseKey(version, ARTIFACT_FILE.artifact_manifest));
  const text = Buffer.from(manifest?.bytes ?? []).toString('utf8');
  return Date.parse(/"generated_at": "([^"]+)"/.exec(text)?.[1] ?? '');
};

/** Whether a schedule is a single run, so that its end must equal that of the fault-free run. */
const isOneRun = (actions: readonly WorkloadAction[], months: readonly MonthEnd[]): boolean =>
  months.length === 1 &&
  actions.every(
    (action) =>
      action.kind !== 'restate' && !(action.kind === 'request' && 'previous_pool' in action.body),
  );

/** What differs from the fault-free run of each requested month. */
const faultFreeViolations = async (
  actions: readonly WorkloadAction[],
  ended: ScheduleResult,
): Promise<string[]> => {
  const requestedAt = (month: MonthEnd): readonly number[] =>
    actions.filter((action) => requestedMonth(action) === month).map(({ at }) => at);
  const months = MONTHS.filter((month) => requestedAt(month).length > 0);
  const violations: string[] = [];
  for (const month of months) {
    const version = versionOfMonth(month);
    const at = startedAt(ended.contents, version);
    if (!requestedAt(month).includes(at)) {
      violations.push(`${version} has a generated_at at which no run of it was requested`);
      continue;
    }
    const { contents } = await faultFreeRun(month, at);
    violations.push(...releaseViolations(ended.contents, version, contents));
    if (isOneRun(actions, months) && !ended.expired)
      violations.push(...faultFreeDifferences(ended.contents, contents));
  }
  return violations;
};

/** Runs the schedule of a seed with the faults of that seed. */
export const runWorkload = async (
  seed: number,
  mutation?: Mutation,
  withFaults: (faults: FaultModel) => FaultModel = (faults) => faults,
): Promise<ScheduleResult> => {
  // Separate streams: an additional choice in one does not change the others.
  const actions = seededWorkload(seededRandom(seed));
  const faults = withFaults(seededFaults(seededRandom(seed ^ 0x5bd1e995)));
  const ended = await runActions(actions, seed ^ 0x2545f491, faults, mutation);
  const violations = [...ended.violations, ...(await faultFreeViolations(actions, ended))];
  return { ...ended, violations };
};
