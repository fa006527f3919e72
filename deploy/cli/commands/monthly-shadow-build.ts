import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { RELEASES_FOLDER, TRACKS_FOLDER } from '../../../functions/shadow/history-files.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import { gateOptions, locationsOf } from '../../../shared/config.js';
import { RELEASE_MANIFEST_FILE } from '../../../shared/contract/constants.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import { verdictToEither } from '../../../shared/contract/gate/problem.js';
import { type Release, readRelease } from '../../../shared/contract/release.js';
import { dayOf } from '../../../shared/day.js';
import { readIfPresent, replaceFile } from '../../../shared/local/files.js';
import {
  BUFFERED_BASELINE,
  SHADOW_TRACKS,
  type ShadowTrack,
} from '../../../shared/research/tracks/shadow-tracks.js';
import { readOutput } from '../../local/output.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import { assertClosedDay } from '../run/assert-closed-day.js';
import type { MonthlyRun } from '../run/monthly-run.js';
import {
  encodeMonthlySummary,
  MONTHLY_SUMMARY_FILE,
  monthlySummary,
} from '../run/monthly-summary.js';
import { type RunOptions, runOptionsOf } from '../run/options.js';
import { reportedVersion } from '../run/reported-version.js';
import { runShadowBuild } from '../run/shadow-build.js';
import { EXIT } from '../terminal/exit-code.js';
import { UsageError } from '../terminal/usage-error.js';
import { monthlyShadowText } from './monthly-shadow-text.js';

/** The tracks that `--track` accepts; its help names them. */
export const OPTIONAL_TRACKS: readonly ShadowTrack[] = [BUFFERED_BASELINE];

const tracksOf = (given: unknown): readonly ShadowTrack[] => {
  const ids: readonly unknown[] = Array.isArray(given) ? given : [];
  const unknown = ids.find((id) => !OPTIONAL_TRACKS.some((track) => track.id === id));
  if (unknown !== undefined)
    throw new UsageError(
      `--track: expected one of ${OPTIONAL_TRACKS.map(({ id }) => id).join(', ')}, got ${String(unknown)}`,
    );
  return [...SHADOW_TRACKS, ...OPTIONAL_TRACKS.filter(({ id }) => ids.includes(id))];
};

/** The publish dry-run check: validates the output and its release manifest. */
const checkedOutput = async (
  { state }: Context,
  { runtime, reports }: MonthlyRun,
  { allow_stale }: RunOptions,
): Promise<Release> => {
  const { config, clock } = runtime.environment;
  const version = reportedVersion(reports);
  const files = await readOutput(state.output);
  const verdict = validateRelease(files, {
    ...gateOptions(config, version),
    today: dayOf(clock()),
    allowStale: allow_stale,
    locations: locationsOf(config),
    releaseManifest: await readIfPresent(join(state.output, RELEASE_MANIFEST_FILE)),
    requireManifest: true,
  });
  return getOrThrow(E.chain(() => readRelease(files))(verdictToEither(verdict)));
};

export const monthlyShadowBuildAction: Action = async (command) => {
  const context = contextOf(command, { targets: 'local', localBucket: true });
  const flags = command.opts();
  const options = runOptionsOf(flags, context);
  assertClosedDay(options);
  const tracks = tracksOf(flags.track);
  const more = tracks.slice(SHADOW_TRACKS.length).flatMap(({ id }) => ['--track', id]);
  const shadow = {
    command: ['monthly-shadow-build', ...more],
    functions: ['ingest', 'rank', 'materialise'],
    tracks,
    folders: [RELEASES_FOLDER, TRACKS_FOLDER],
  } as const;
  await runShadowBuild(context, options, shadow, async ({ month, index }) => {
    const release = await checkedOutput(context, month, options);
    const summary = monthlySummary(release, index, context.state);
    const path = join(context.state.output, MONTHLY_SUMMARY_FILE);
    await replaceFile(path, getOrThrow(encodeMonthlySummary(summary)));
    print(context, summary, () => monthlyShadowText(summary, context));
  });
  return EXIT.ok;
};
