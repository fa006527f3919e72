import { readJson } from '../../../shared/codec/bytes.js';
import { FailureError, getOrThrow, permanent } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { MODEL_RUN_FILE, RESTATEMENT_FILE } from '../../../shared/evidence/evidence-files.js';
import { ModelRun } from '../../../shared/evidence/model-run.js';
import { RankingEvidence } from '../../../shared/evidence/ranking.js';
import { Restatement } from '../../../shared/evidence/restatement.js';
import { evidenceKey } from '../../../shared/object-keys.js';
import { readOptional, readReference } from '../../../shared/releases/read-referenced-object.js';
import type { TargetStores } from '../run/state-stores.js';

/** The evidence of the ranking behind a release. */
export interface RankedEvidence {
  /** The release that was ranked: the requested one, or the one that it restates. */
  readonly ranked: Version;
  readonly ranking: RankingEvidence;
}

const missing = (version: Version): FailureError =>
  new FailureError(
    permanent(
      'contract-invalid',
      `${version}: expected ${evidenceKey(version, MODEL_RUN_FILE)} or ${RESTATEMENT_FILE}, got neither. See: live-pool release list. The evidence of a dry run is under scratch/.`,
    ),
  );

/**
 * The ranking that the model run of a release refers to, with its checksum verified. A restated
 * release has no ranking; the ranking of its original is used.
 */
export const readRankedEvidence = async (
  { objects, config }: Pick<TargetStores, 'objects' | 'config'>,
  version: Version,
): Promise<RankedEvidence> => {
  const read = async (of: Version, file: string) =>
    getOrThrow(await readOptional(objects, evidenceKey(of, file))());
  const followed = new Set<Version>();
  for (let ranked = version; !followed.has(ranked); ) {
    followed.add(ranked);
    const modelRun = await read(ranked, MODEL_RUN_FILE);
    if (modelRun !== undefined) {
      const { ranking } = getOrThrow(
        readJson(ModelRun, evidenceKey(ranked, MODEL_RUN_FILE))(modelRun),
      );
      const bytes = getOrThrow(await readReference(objects, config, 'ranking', ranking)());
      return { ranked, ranking: getOrThrow(readJson(RankingEvidence, 'ranking')(bytes)) };
    }
    const restatement = await read(ranked, RESTATEMENT_FILE);
    if (restatement === undefined) throw missing(ranked);
    const file = evidenceKey(ranked, RESTATEMENT_FILE);
    ranked = getOrThrow(readJson(Restatement, file)(restatement)).restated_from;
  }
  throw missing(version);
};
