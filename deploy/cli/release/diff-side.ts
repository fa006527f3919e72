import { readJson } from '../../../shared/codec/bytes.js';
import { FailureError, getOrThrow } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { ARTIFACT_FILE } from '../../../shared/contract/constants.js';
import { parseRanking } from '../../../shared/contract/parse-ranking.js';
import { MODEL_RUN_FILE } from '../../../shared/evidence/evidence-files.js';
import { ModelRun } from '../../../shared/evidence/model-run.js';
import { evidenceKey } from '../../../shared/object-keys.js';
import { readOptional } from '../../../shared/releases/read-referenced-object.js';
import type { CommandTarget } from '../target/command-target.js';
import type { DiffSide } from './diff.js';
import { readRankedEvidence } from './ranked-evidence.js';
import { readReleaseByVersion } from './read-release.js';

/** Undefined for an old release without evidence; the rest of it can still be compared. */
const findEvidence = async (target: CommandTarget, version: Version) => {
  try {
    return await readRankedEvidence(target, version);
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'contract-invalid')
      return undefined;
    throw error;
  }
};

type Checks = readonly { readonly rule: string; readonly minimum: number }[];

const thresholdsIn = (group: string, checks: Checks) =>
  checks.map(({ rule, minimum }) => [`thresholds.${group}.${rule}`, minimum] as const);

const methodOf = async (target: CommandTarget, version: Version) => {
  const evidence = await findEvidence(target, version);
  if (evidence === undefined) return undefined;
  const { ranked, ranking } = evidence;
  const key = evidenceKey(ranked, MODEL_RUN_FILE);
  const bytes = getOrThrow(await readOptional(target.objects, key)()) ?? new Uint8Array();
  const { model, pool_size, source_revision } = getOrThrow(readJson(ModelRun, key)(bytes));
  return {
    ranked,
    ...{ regime: ranking.regime, weights: ranking.weights, source_revision },
    parameters: {
      pool_size,
      mode: ranking.mode,
      target: model.target,
      features: model.features.join(' '),
      linear_backend: model.linear_backend,
      ridge_alpha: model.ridge_alpha,
      tree_backend: model.tree_backend,
      ...Object.fromEntries(
        Object.entries(model.tree_parameters).map(([name, value]) => [`tree.${name}`, value]),
      ),
      ...Object.fromEntries([
        ...thresholdsIn('daily', ranking.thresholds.daily),
        ...thresholdsIn('prefilter', ranking.thresholds.prefilter),
      ]),
    },
  };
};

/** Reads the fields of a release that a comparison needs. */
export const diffSide = async (target: CommandTarget, version: Version): Promise<DiffSide> => {
  const release = await readReleaseByVersion(target, version);
  const rows = getOrThrow(
    parseRanking(new TextDecoder().decode(release.files[ARTIFACT_FILE.latest_ranking])),
  );
  const method = await methodOf(target, version);
  return {
    version,
    ranked: method?.ranked ?? null,
    members: release.livePool.symbols,
    places: new Map(
      rows.map(({ symbol, current_rank, final_score }) => [
        symbol,
        { rank: current_rank, final_score },
      ]),
    ),
    regime: method?.regime ?? rows[0]?.regime ?? null,
    weights: method?.weights ?? null,
    parameters: method?.parameters ?? {},
    // The commit that made the files; a restated release may have its ranking from another one.
    sourceRevision:
      release.manifest.runtime_evidence_identity?.source_revision ??
      method?.source_revision ??
      null,
    sha256: release.sha256,
  };
};
