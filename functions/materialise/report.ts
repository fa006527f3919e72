import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson, utf8 } from '../../shared/codec/bytes.js';
import type { Failure } from '../../shared/codec/failure.js';
import type { Release } from '../../shared/contract/release.js';
import { MODEL_RUN_FILE, REPORT_FILE } from '../../shared/evidence/evidence-files.js';
import { ModelRun } from '../../shared/evidence/model-run.js';
import { RankingEvidence } from '../../shared/evidence/ranking.js';
import type { PoolRanked } from '../../shared/messages/pool-ranked.js';
import type { ObjectReference } from '../../shared/messages/run-fields.js';
import { evidenceKey, scratchPrefix } from '../../shared/object-keys.js';
import { CONTENT_TYPES, type WriteOnceResult, writeOnce } from '../../shared/ports/write-once.js';
import {
  readOptional,
  readReference,
  referenceTo,
} from '../../shared/releases/read-referenced-object.js';
import { type EvidenceSource, readEvidence } from '../../shared/report/read-evidence.js';
import { releasePart } from '../../shared/report/release-part.js';
import type { Environment } from '../environment.js';

type ReportPorts = Pick<Environment, 'objects' | 'config' | 'reporter' | 'log'>;

/** The inputs of the report. An earlier run may have written a different model run. */
export interface ReportInputs {
  readonly release: Release;
  readonly ranking: RankingEvidence;
  readonly modelRun: WriteOnceResult;
}

const sourceOf = (
  { objects, config }: ReportPorts,
  { payload: { version, snapshot, dry_run }, run_id }: PoolRanked,
  { ranking, modelRun }: ReportInputs,
): TE.TaskEither<Failure, EvidenceSource> => {
  const location = { version, scratch: scratchPrefix({ run_id, dry_run }) };
  if (modelRun.outcome !== 'different') return TE.right({ ...location, snapshot, ranking });
  return pipe(
    TE.fromEither(readJson(ModelRun, MODEL_RUN_FILE)(modelRun.stored)),
    TE.chain((stored) =>
      pipe(
        readReference(objects, config, 'ranking', stored.ranking),
        TE.chainEitherK(readJson(RankingEvidence, 'ranking')),
        TE.map((storedRanking) => ({
          ...location,
          snapshot: stored.snapshot,
          ranking: storedRanking,
        })),
      ),
    ),
  );
};

const render = (
  ports: ReportPorts,
  message: PoolRanked,
  inputs: ReportInputs,
): TE.TaskEither<Failure, Uint8Array> =>
  pipe(
    sourceOf(ports, message, inputs),
    TE.chain((source) =>
      pipe(
        readEvidence(ports.objects, source),
        TE.map((evidence) => releasePart(inputs.release, ports.config, evidence, source.scratch)),
      ),
    ),
    TE.chain((release) => ports.reporter.render({ release })),
    TE.map(utf8),
  );

/** Renders the page and writes it; of two concurrent writes the first wins. */
const renderAndWrite = (
  ports: ReportPorts,
  message: PoolRanked,
  inputs: ReportInputs,
  key: string,
): TE.TaskEither<Failure, Uint8Array> =>
  pipe(
    render(ports, message, inputs),
    TE.chain((bytes) =>
      pipe(
        writeOnce(ports.objects, key, bytes, CONTENT_TYPES.html),
        TE.map((result) => (result.outcome === 'different' ? result.stored : bytes)),
      ),
    ),
  );

/**
 * Writes `evidence/<version>/report.html` for a complete release. An existing report is kept, and
 * the message refers to it, even if a newer producer would render it differently. A permanent
 * failure to render is logged and does not stop the month.
 */
export const writeReport = (
  ports: ReportPorts,
  message: PoolRanked,
  inputs: ReportInputs,
): TE.TaskEither<Failure, ObjectReference | undefined> => {
  const { objects, config, log } = ports;
  const { payload, run_id } = message;
  const { version } = payload;
  const key = `${scratchPrefix({ ...payload, run_id })}${evidenceKey(version, REPORT_FILE)}`;
  return pipe(
    readOptional(objects, key),
    TE.chain((stored) =>
      stored === undefined ? renderAndWrite(ports, message, inputs, key) : TE.right(stored),
    ),
    TE.map((bytes): ObjectReference | undefined => referenceTo(config, key, bytes)),
    TE.orElse((failure) => {
      if (failure.kind === 'transient') return TE.left(failure);
      const { code, cause } = failure;
      log({
        severity: 'ERROR',
        stage: 'materialise',
        message: `${failure.message}; the month continues without a report`,
        run_id,
        version,
        code,
        cause,
      });
      return TE.right(undefined);
    }),
  );
};
