import type { Version } from '../../shared/codec/primitives.js';
import { ARTIFACT_FILE } from '../../shared/contract/constants.js';
import { releaseKey } from '../../shared/object-keys.js';
import { calm, type Misfortune, seededMisfortune } from './faults.js';
import { endProblems, releaseProblems, restProblems } from './final-invariants.js';
import { MONTHS, type Month, versionOfMonth } from './fixture-market.js';
import { perform } from './perform-action.js';
import { seededRandom } from './random.js';
import type { Contents } from './store-contents.js';
import type { Mutation } from './store-mutations.js';
import { type Action, monthAskedFor, seededSchedule } from './workload.js';
import { makeWorld, type WorldReport } from './world.js';

export interface Ended extends WorldReport {
  readonly contents: Contents;
}

/** Runs a schedule to its end; the rules of every moment and those of the end are held against it. */
export const runActions = async (
  actions: readonly Action[],
  seed: number,
  misfortune: Misfortune,
  mutation?: Mutation,
): Promise<Ended> => {
  const world = makeWorld(seededRandom(seed), misfortune, mutation);
  for (const action of actions) world.at(action.at, () => perform(world, action));
  const report = await world.run();
  const problems = [...report.problems, ...restProblems(world.contents)];
  return { ...report, problems, contents: world.contents };
};

const calmMonths = new Map<string, Promise<Ended>>();

/** The month without any misfortune, asked for at the instant that fixes its `generated_at`. */
const calmMonth = (month: Month, at: number): Promise<Ended> => {
  const key = `${month} at ${at}`;
  const found =
    calmMonths.get(key) ??
    runActions([{ kind: 'request', at, body: { as_of_date: month } }], 0, calm);
  calmMonths.set(key, found);
  return found;
};

/** The instant at which the run began that wrote the release. */
const begun = ({ objects }: Contents, version: Version): number => {
  const manifest = objects.get(releaseKey(version, ARTIFACT_FILE.artifact_manifest));
  const text = Buffer.from(manifest?.bytes ?? []).toString('utf8');
  return Date.parse(/"generated_at": "([^"]+)"/.exec(text)?.[1] ?? '');
};

/** Only the month's own run has left traces, so that the calm run must have left the same. */
const isOneRun = (actions: readonly Action[], months: readonly Month[]): boolean =>
  months.length === 1 &&
  actions.every(
    (action) =>
      action.kind !== 'restate' && !(action.kind === 'request' && 'previous_pool' in action.body),
  );

/** What differs from the calm run of each month that was asked for. */
const calmProblems = async (actions: readonly Action[], ended: Ended): Promise<string[]> => {
  const asked = (month: Month): readonly number[] =>
    actions.filter((action) => monthAskedFor(action) === month).map(({ at }) => at);
  const months = MONTHS.filter((month) => asked(month).length > 0);
  const problems: string[] = [];
  for (const month of months) {
    const version = versionOfMonth(month);
    const at = begun(ended.contents, version);
    if (!asked(month).includes(at)) {
      problems.push(`${version} was generated at no instant at which it was asked for`);
      continue;
    }
    const { contents } = await calmMonth(month, at);
    problems.push(...releaseProblems(ended.contents, version, contents));
    if (isOneRun(actions, months) && !ended.expired)
      problems.push(...endProblems(ended.contents, contents));
  }
  return problems;
};

/** One schedule with all its misfortune, from a seed. */
export const runSchedule = async (
  seed: number,
  mutation?: Mutation,
  beset: (misfortune: Misfortune) => Misfortune = (misfortune) => misfortune,
): Promise<Ended> => {
  // Streams of their own: one more choice in the one moves nothing in the others.
  const actions = seededSchedule(seededRandom(seed));
  const misfortune = beset(seededMisfortune(seededRandom(seed ^ 0x5bd1e995)));
  const ended = await runActions(actions, seed ^ 0x2545f491, misfortune, mutation);
  const problems = [...ended.problems, ...(await calmProblems(actions, ended))];
  return { ...ended, problems };
};
