import { join } from 'node:path';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { TRACKS_FOLDER } from '../../../functions/shadow/history-files.js';
import { SHADOW_POINTER_FILE, ShadowPointer } from '../../../functions/shadow/shadow-index.js';
import { readJson } from '../../../shared/codec/bytes.js';
import { FailureError, getOrThrow, unavailable } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import type { Release } from '../../../shared/contract/release.js';
import { MODEL_RUN_FILE } from '../../../shared/evidence/evidence-files.js';
import { ModelRun } from '../../../shared/evidence/model-run.js';
import { readIfPresent } from '../../../shared/local/files.js';
import { evidenceKey, SHADOW } from '../../../shared/object-keys.js';
import { readOptional } from '../../../shared/releases/read-referenced-object.js';
import type { ReleaseEvidence, ReportModel } from '../../../shared/report/model.js';
import { readEvidence } from '../../../shared/report/read-evidence.js';
import { readLive } from '../../../shared/report/read-live.js';
import { type ReadTrackFile, readShadow } from '../../../shared/report/read-shadow.js';
import { releasePart } from '../../../shared/report/release-part.js';
import type { Context } from '../context.js';
import { readRankedEvidence } from '../release/ranked-evidence.js';
import type { TargetStores } from '../run/state-stores.js';
import type { CommandTarget } from '../target/command-target.js';

/** The ranking of a release; undefined for an old release without evidence. */
const findRanking = async (stores: TargetStores, version: Version) => {
  try {
    return await readRankedEvidence(stores, version);
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'contract-invalid')
      return undefined;
    throw error;
  }
};

/** The evidence of the release, or of the release that it restates. */
const evidenceOf = async (
  stores: TargetStores,
  version: Version,
): Promise<ReleaseEvidence | undefined> => {
  const found = await findRanking(stores, version);
  if (found === undefined) return undefined;
  const { ranked, ranking } = found;
  const key = evidenceKey(ranked, MODEL_RUN_FILE);
  const bytes = getOrThrow(await readOptional(stores.objects, key)()) ?? new Uint8Array();
  const { snapshot } = getOrThrow(readJson(ModelRun, key)(bytes));
  const source = { version: ranked, scratch: '', snapshot, ranking };
  return getOrThrow(await readEvidence(stores.objects, source)());
};

/** The shadow tracks: of the history that the pointer names, else of the output folder. */
const trackFiles = async (
  { objects }: TargetStores,
  { state, cloud }: Context,
): Promise<ReadTrackFile> => {
  const pointer = `${SHADOW}${SHADOW_POINTER_FILE}`;
  const bytes = getOrThrow(await readOptional(objects, pointer)());
  if (bytes !== undefined) {
    const { build } = getOrThrow(readJson(ShadowPointer, pointer)(bytes));
    return (path) => readOptional(objects, `${SHADOW}${build}${TRACKS_FOLDER}/${path}`);
  }
  if (cloud !== undefined) return () => TE.right(undefined);
  return (path) => {
    const file = join(state.output, TRACKS_FOLDER, path);
    return TE.tryCatch(() => readIfPresent(file), unavailable(`read ${file}`));
  };
};

/** Reads everything that the report of a release shows. */
export const reportModel = async (
  target: CommandTarget,
  context: Context,
  release: Release,
): Promise<ReportModel> => {
  const { config, clock, commandLine } = target;
  const part = releasePart(release, config, await evidenceOf(target, release.version));
  const request = {
    now: clock(),
    mode: part.mode,
    place: commandLine('').slice('live-pool '.length),
    shadowBuild: await target.shadowBuildArgs(),
    shadow: getOrThrow(await readShadow(await trackFiles(target, context))()),
  };
  const live = getOrThrow(await readLive(target, request)());
  return { release: part, live };
};
