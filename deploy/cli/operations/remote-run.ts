import { getOrThrow } from '../../../shared/codec/failure.js';
import { gateOptions } from '../../../shared/config.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import { verdictToEither } from '../../../shared/contract/gate/problem.js';
import type { Release } from '../../../shared/contract/release.js';
import { dayOf } from '../../../shared/day.js';
import {
  type ResolvedRequest,
  resolveRequest,
  runIdOf,
} from '../../../shared/messages/monthly-run-requested.js';
import { objectUri, releaseKey, scratchPrefix } from '../../../shared/object-keys.js';
import { readReleaseAt } from '../../../shared/releases/read-release.js';
import { type MonthlyFunction, monthlyFunctions } from '../../../shared/topology.js';
import { type Context, print, warn } from '../context.js';
import { assertClosedDay } from '../run/assert-closed-day.js';
import { runRequest } from '../run/monthly-run.js';
import { runOptionsOf } from '../run/options.js';
import type { WritableTarget } from '../target/command-target.js';
import { EXIT } from '../terminal/exit-code.js';
import { finishedText } from '../terminal/progress.js';
import { UsageError } from '../terminal/usage-error.js';
import { isAboutVersion } from './publish-and-wait.js';
import type { RunResult } from './run-result.js';
import { type Run, type RunOutcome, runStatusPoller } from './run-status.js';
import { runText } from './run-text.js';

/** The flags that a deployment sets by an environment variable. */
const DEPLOYMENT_SETTINGS: readonly (readonly [option: string, flag: string, variable: string])[] =
  [
    ['source', '--source', 'MARKET_DATA_SOURCE'],
    ['dataDir', '--data-dir', 'MARKET_DATA_SOURCE'],
    ['metadata', '--metadata', 'MARKET_DATA_SOURCE'],
    ['binanceUrl', '--binance-url', 'BINANCE_URL'],
    ['poolSize', '--pool-size', 'POOL_SIZE'],
    ['selectionMeta', '--selection-meta', 'SELECTION_META'],
  ];

/** Rejects flags that have no effect with --project, before any store is opened. */
export const assertNoDeploymentFlags = (flags: Readonly<Record<string, unknown>>): void => {
  for (const [option, flag, variable] of DEPLOYMENT_SETTINGS)
    if (flags[option] !== undefined)
      throw new UsageError(
        `${flag}: not allowed with --project: the deployment sets it (environment variable ${variable})`,
      );
};

/** Records and prints the stages as they finish; `skip` is for stages that finished before. */
const observedStages = ({ quiet }: { readonly quiet: boolean }) => {
  const stages: { readonly name: MonthlyFunction; readonly milliseconds: number }[] = [];
  let last = performance.now();
  const seen = new Set<MonthlyFunction>();
  const skip = (names: readonly MonthlyFunction[]): void => {
    for (const name of names) seen.add(name);
  };
  const record = (names: readonly MonthlyFunction[]): void => {
    for (const name of names.filter((one) => !seen.has(one))) {
      seen.add(name);
      const now = performance.now();
      const milliseconds = Math.round(now - last);
      last = now;
      stages.push({ name, milliseconds });
      if (!quiet) warn(finishedText(name, milliseconds, 'seen'));
    }
  };
  return { stages, skip, record };
};

const outcomeOf = (
  before: RunOutcome | undefined,
  end: RunOutcome | undefined,
): RunResult['outcome'] => {
  if (end === undefined) return 'requested';
  if (end.outcome !== 'done') return end.outcome;
  return before === undefined ? 'published' : 'already_done';
};

/** Checks a dry run's release as materialise does. */
const assertDryRunValid = (
  { config, clock }: WritableTarget,
  run: ResolvedRequest,
  release: Release,
): void => {
  const { errors } = validateRelease(release.files, {
    ...gateOptions(config, run.version),
    today: dayOf(clock()),
    allowStale: run.allow_stale,
  });
  getOrThrow(verdictToEither({ errors, warnings: [] }));
};

/** Requests the run in the deployment and waits until readers have it. */
export const runRemotely = async (
  context: Context,
  target: WritableTarget,
  flags: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const { config, clock, publisher, objects } = target;
  // `binance` selects the system clock; the deployment ignores the source's other options.
  const options = runOptionsOf(
    { ...flags, source: 'binance', mode: flags.mode ?? config.defaultMode },
    context,
  );
  assertClosedDay(options);
  const request = runRequest(options);
  const resolved = resolveRequest(request, clock(), config.defaultMode);
  const run: Run = { ...resolved, run_id: runIdOf(resolved) };
  // Names the day, so that a run requested at midnight is the run that is polled.
  const body = new TextEncoder().encode(JSON.stringify({ ...request, as_of_date: run.as_of_date }));
  const pollStatus = runStatusPoller(target, run);
  const { stages, skip, record } = observedStages(context);
  const before = await pollStatus();
  skip(before.stages);
  const end = await target.execute({
    publish: publisher.publish('monthly-run-requested', body, {}),
    functions: monthlyFunctions,
    // A bare request that Pub/Sub dead-letters names no version.
    isRelated: (letter) =>
      isAboutVersion(run.version)(letter) || Buffer.compare(letter.data, body) === 0,
    poll: async () => {
      const status = await pollStatus();
      record(status.stages);
      return status.end;
    },
  });

  const prefix = `${scratchPrefix(run)}${releaseKey(run.version, '')}`;
  const release =
    end === undefined ? undefined : getOrThrow(await readReleaseAt(objects, prefix)());
  if (run.dry_run && release !== undefined) assertDryRunValid(target, resolved, release);
  const answer: RunResult = {
    run_id: run.run_id,
    as_of_date: run.as_of_date,
    version: run.version,
    mode: resolved.mode,
    symbols: release?.livePool.symbols ?? [],
    pool_size: release?.livePool.pool_size ?? config.poolSize,
    outcome: outcomeOf(before.end, end),
    promotion_seq: end?.seq ?? null,
    output_dir: release === undefined ? null : objectUri(config, prefix),
    stages,
  };
  const uri = (key: string): string => objectUri(config, key);
  const seen = { objects: uri(''), release: `  ${prefix}`, messages: '  events/' };
  print(context, answer, () =>
    runText(
      answer,
      release,
      {
        ...seen,
        ...(run.dry_run || end === undefined
          ? {}
          : {
              current: '  current/',
              document: `${config.firestoreCollection}/${config.firestoreDocument} in Firestore`,
            }),
      },
      target.commandLine,
    ),
  );
  return answer.outcome === 'superseded' ? EXIT.conflict : EXIT.ok;
};
