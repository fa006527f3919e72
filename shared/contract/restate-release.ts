import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { readJson, textOfUtf8 } from '../codec/bytes.js';
import type { Failure } from '../codec/failure.js';
import type { AsOfDate, Revision, Timestamp } from '../codec/primitives.js';
import { buildRelease } from './build-release.js';
import { ARTIFACT_FILE } from './constants.js';
import { LatestUniverse } from './latest-universe.js';
import { parseRanking } from './parse-ranking.js';
import type { Release } from './release.js';

export interface Restatement {
  readonly asOfDate: AsOfDate;
  readonly generatedAt: Timestamp;
  readonly sourceRevision?: Revision | undefined;
}

/**
 * Restates a release under a new date: the same membership, order and scores, with date and version
 * changed everywhere ("a restated release" in the contract).
 */
export const restateRelease = (
  release: Release,
  { asOfDate, generatedAt, sourceRevision }: Restatement,
): E.Either<Failure, Release> => {
  const { files, livePool, manifest } = release;
  return pipe(
    E.Do,
    E.apS(
      'universe',
      readJson(LatestUniverse, ARTIFACT_FILE.latest_universe)(files['latest_universe.json']),
    ),
    E.apS('ranking', parseRanking(textOfUtf8(files['latest_ranking.csv']) ?? '')),
    E.chain(({ universe, ranking }) =>
      buildRelease({
        asOfDate,
        mode: livePool.mode,
        sourceProject: livePool.source_project,
        generatedAt,
        sourceRevision,
        contract: {
          contractVersion: manifest.contract_version,
          strategyProfile: manifest.strategy_profile,
        },
        selectionMeta: livePool.selection_meta !== undefined,
        universe: universe.symbols,
        ranking,
        pool: livePool.symbols.map((symbol) => ({
          symbol,
          baseAsset: livePool.symbol_map[symbol]?.base_asset ?? '',
        })),
      }),
    ),
  );
};
