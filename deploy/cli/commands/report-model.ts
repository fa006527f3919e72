import { join } from 'node:path';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { ModelRun } from '../../../functions/materialise/model-run.js';
import { TRACKS_FOLDER } from '../../../functions/shadow/history-files.js';
import { SHADOW_POINTER_FILE, ShadowPointer } from '../../../functions/shadow/shadow-index.js';
import { readJson } from '../../../shared/codec/bytes.js';
import { FailureError, unavailable } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import type { Release } from '../../../shared/contract/release.js';
import { readIfPresent } from '../../../shared/local/files.js';
import { evidenceKey, SHADOW } from '../../../shared/object-keys.js';
import { readIfAny } from '../../../shared/releases/read-referenced-object.js';
import type { ReleaseEvidence, ReportModel } from '../../../shared/report/model.js';
import { readEvidence } from '../../../shared/report/read-evidence.js';
import { readLive } from '../../../shared/report/read-live.js';
import { type ReadTrackFile, readShadow } from '../../../shared/report/read-shadow.js';
import { releasePart } from '../../../shared/report/release-part.js';
import { type Context, unwrap } from '../context.js';
import { readReleaseEvidence } from '../release/ranked-evidence.js';
import type { Stores } from '../run/state-stores.js';
import type { Desk } from '../target/command-target.js';

const MODEL_RUN = 'model_run.json';

/** A release from before evidence was kept has a page, too. */
const rankingIfKept = async (stores: Stores, version: Version) => {
  try {
    return await readReleaseEvidence(stores, version);
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'contract-invalid')
      return undefined;
    throw error;
  }
};

/** The ranking of the release, or of the one that it restates, and what was checked before it. */
const evidenceOf = async (
  stores: Stores,
  version: Version,
): Promise<ReleaseEvidence | undefined> => {
  const found = await rankingIfKept(stores, version);
  if (found === undefined) return undefined;
  const { ranked, ranking } = found;
  const key = evidenceKey(ranked, MODEL_RUN);
  const bytes = unwrap(await readIfAny(stores.objects, key)()) ?? new Uint8Array();
  const { snapshot } = unwrap(readJson(ModelRun, key)(bytes));
  const source = { version: ranked, scratch: '', snapshot, ranking };
  return unwrap(await readEvidence(stores.objects, source)());
};

/** The history that the deployment points to; a state folder shows its newest in the output. */
const trackFiles = async (
  { objects }: Stores,
  { state, cloud }: Context,
): Promise<ReadTrackFile> => {
  const pointer = `${SHADOW}${SHADOW_POINTER_FILE}`;
  const bytes = unwrap(await readIfAny(objects, pointer)());
  if (bytes !== undefined) {
    const { build } = unwrap(readJson(ShadowPointer, pointer)(bytes));
    return (path) => readIfAny(objects, `${SHADOW}${build}${TRACKS_FOLDER}/${path}`);
  }
  if (cloud !== undefined) return () => TE.right(undefined);
  return (path) => {
    const file = join(state.output, TRACKS_FOLDER, path);
    return TE.tryCatch(() => readIfPresent(file), unavailable(`read ${file}`));
  };
};

/** All that there is to say about a release at this moment. */
export const reportModel = async (
  desk: Desk,
  context: Context,
  release: Release,
): Promise<ReportModel> => {
  const { config, clock, command } = desk;
  const part = releasePart(release, config, await evidenceOf(desk, release.version));
  const asked = {
    now: clock(),
    mode: part.mode,
    place: command('').slice('live-pool '.length),
    shadowBuild: await desk.shadowBuild(),
    shadow: unwrap(await readShadow(await trackFiles(desk, context))()),
  };
  const live = unwrap(await readLive(desk, asked)());
  return { release: part, live };
};
