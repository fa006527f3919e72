import * as t from 'io-ts';
import { ModelRun } from '../../../functions/materialise/model-run.js';
import { readJson } from '../../../shared/codec/bytes.js';
import { FailureError, getOrThrow, permanent } from '../../../shared/codec/failure.js';
import { Version } from '../../../shared/codec/primitives.js';
import { evidenceKey } from '../../../shared/object-keys.js';
import { RankingEvidence } from '../../../shared/ranking/ranking-evidence.js';
import { readOptional, readReference } from '../../../shared/releases/read-referenced-object.js';
import type { TargetStores } from '../run/state-stores.js';

const RestatedFrom = t.type({ restated_from: Version }, 'Restatement');

/** The evidence that tells how the membership of a release was found. */
export interface RankedEvidence {
  /** The release that was ranked: the one asked for, or the one that it restates. */
  readonly ranked: Version;
  readonly ranking: RankingEvidence;
}

const missing = (version: Version): FailureError =>
  new FailureError(
    permanent(
      'contract-invalid',
      `There is no evidence of ${version}: expected evidence/${version}/model_run.json or restatement.json. See live-pool release list; a dry run’s evidence lies under scratch/.`,
    ),
  );

/**
 * The ranking of a release, as its model run refers to it, checksum proven. A restated release was
 * never ranked itself: the release that it restates was, and is followed to.
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
    const modelRun = await read(ranked, 'model_run.json');
    if (modelRun !== undefined) {
      const { ranking } = getOrThrow(
        readJson(ModelRun, evidenceKey(ranked, 'model_run.json'))(modelRun),
      );
      const bytes = getOrThrow(await readReference(objects, config, 'ranking', ranking)());
      return { ranked, ranking: getOrThrow(readJson(RankingEvidence, 'ranking')(bytes)) };
    }
    const restatement = await read(ranked, 'restatement.json');
    if (restatement === undefined) throw missing(ranked);
    const file = evidenceKey(ranked, 'restatement.json');
    ranked = getOrThrow(readJson(RestatedFrom, file)(restatement)).restated_from;
  }
  throw missing(version);
};
