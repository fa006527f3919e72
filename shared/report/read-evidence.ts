import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../codec/bytes.js';
import type { Failure } from '../codec/failure.js';
import type { Version } from '../codec/primitives.js';
import { QualityReport } from '../evidence/data-quality.js';
import { dataQualityFile } from '../evidence/evidence-files.js';
import type { RankingEvidence } from '../evidence/ranking.js';
import type { ObjectReference } from '../messages/run-fields.js';
import { evidenceKey } from '../object-keys.js';
import type { ObjectStore } from '../ports/object-store.js';
import { readOptional } from '../releases/read-referenced-object.js';
import type { ReleaseEvidence } from './model.js';

/** The identity of a release's ranking, and the location of its evidence. */
export interface EvidenceSource {
  readonly version: Version;
  /** Prefix of a dry run, else empty. */
  readonly scratch: string;
  readonly snapshot: ObjectReference;
  readonly ranking: RankingEvidence;
}

/** The ranking with the report of the data-quality gate, if that was stored. */
export const readEvidence = (
  objects: Pick<ObjectStore, 'read'>,
  { version, scratch, snapshot, ranking }: EvidenceSource,
): TE.TaskEither<Failure, ReleaseEvidence> => {
  const key = `${scratch}${evidenceKey(version, dataQualityFile(snapshot.sha256))}`;
  return pipe(
    readOptional(objects, key),
    TE.chainEitherK((bytes) =>
      bytes === undefined ? E.right(undefined) : readJson(QualityReport, key)(bytes),
    ),
    TE.map((quality) => ({ ranked: version, ranking, quality })),
  );
};
