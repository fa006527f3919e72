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

/** Runs a schedule to its end; the rules of every moment and those of the end are held against it. */
export const runActions = async (
  actions: readonly WorkloadAction[],
  seed: number,
  faults: FaultModel,
  mutation?: Mutation,
): Promise<ScheduleResult> => {
  const world = makeWorld(seededRandom(seed), faults, mutation);
  for (const action of actions) world.at(action.at, () => performAction(world, action));
  const report = await world.run();
  const problems = [...report.violations, ...quiescenceViolations(world.contents)];
  return { ...report, violations: problems, contents: world.contents };
};

const calmMonths = new Map<string, Promise<ScheduleResult>>();

/** The month without any misfortune, asked for at the instant that fixes its `generated_at`. */
const faultFreeRun = (month: MonthEnd, at: number): Promise<ScheduleResult> => {
  const key = `${month} at ${at}`;
  const found =
    calmMonths.get(key) ??
    runActions([{ kind: 'request', at, body: { as_of_date: month } }], 0, noFaults);
  calmMonths.set(key, found);
  return found;
};

/** The instant at which the run began that wrote the release. */
const startedAt = ({ objects }: StoreContents, version: Version): number => {
  const manifest = objects.get(releaseKey(version, ARTIFACT_FILE.artifact_manifest));
  const text = Buffer.from(manifest?.bytes ?? []).toString('utf8');
  return Date.parse(/"generated_at": "([^"]+)"/.exec(text)?.[1] ?? '');
};

/** Only the month's own run has left traces, so that the calm run must have left the same. */
const isOneRun = (actions: readonly WorkloadAction[], months: readonly MonthEnd[]): boolean =>
  months.length === 1 &&
  actions.every(
    (action) =>
      action.kind !== 'restate' && !(action.kind === 'request' && 'previous_pool' in action.body),
  );

/** What differs from the calm run of each month that was asked for. */
const faultFreeViolations = async (
  actions: readonly WorkloadAction[],
  ended: ScheduleResult,
): Promise<string[]> => {
  const asked = (month: MonthEnd): readonly number[] =>
    actions.filter((action) => requestedMonth(action) === month).map(({ at }) => at);
  const months = MONTHS.filter((month) => asked(month).length > 0);
  const problems: string[] = [];
  for (const month of months) {
    const version = versionOfMonth(month);
    const at = startedAt(ended.contents, version);
    if (!asked(month).includes(at)) {
      problems.push(`${version} was generated at no instant at which it was asked for`);
      continue;
    }
    const { contents } = await faultFreeRun(month, at);
    problems.push(...releaseViolations(ended.contents, version, contents));
    if (isOneRun(actions, months) && !ended.expired)
      problems.push(...faultFreeDifferences(ended.contents, contents));
  }
  return problems;
};

/** One schedule with all its misfortune, from a seed. */
export const runWorkload = async (
  seed: number,
  mutation?: Mutation,
  withFaults: (faults: FaultModel) => FaultModel = (faults) => faults,
): Promise<ScheduleResult> => {
  // Streams of their own: one more choice in the one moves nothing in the others.
  const actions = seededWorkload(seededRandom(seed));
  const misfortune = withFaults(seededFaults(seededRandom(seed ^ 0x5bd1e995)));
  const ended = await runActions(actions, seed ^ 0x2545f491, misfortune, mutation);
  const problems = [...ended.violations, ...(await faultFreeViolations(actions, ended))];
  return { ...ended, violations: problems };
};
