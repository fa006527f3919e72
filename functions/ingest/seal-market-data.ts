import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import { encodeJson } from '../../shared/codec/bytes.js';
import type { Failure } from '../../shared/codec/failure.js';
import { runSnapshotPath } from '../../shared/document-paths.js';
import { QualityReport } from '../../shared/evidence/data-quality.js';
import { dataQualityFile } from '../../shared/evidence/evidence-files.js';
import { checkQuality } from '../../shared/market-data/quality/gate.js';
import type { LoadedMarket } from '../../shared/market-data/quality/loaded-market.js';
import { qualityReport, ruleCounts } from '../../shared/market-data/quality/report.js';
import {
  type SealedSnapshot,
  sealSnapshot,
  snapshotKeys,
} from '../../shared/market-data/snapshot.js';
import { ObjectReference } from '../../shared/messages/run-fields.js';
import { evidenceKey, scratchPrefix } from '../../shared/object-keys.js';
import { CONTENT_TYPES, writeOnce } from '../../shared/ports/write-once.js';
import { START_DAY } from '../../shared/ranking/parameters.js';
import { referenceTo } from '../../shared/releases/read-referenced-object.js';
import type { Environment } from '../environment.js';
import { getOrCreate } from './get-or-create.js';
import { loadMarket } from './load-market.js';
import type { RunRecord } from './run-record.js';

/** The snapshot of a run, and the data-quality findings counted by rule. */
const Snapshot = t.strict(
  { snapshot: ObjectReference, data_quality: t.record(t.string, t.number) },
  'snapshot record',
);
type Snapshot = t.TypeOf<typeof Snapshot>;

export interface Sealed extends Snapshot {
  readonly outcome: 'done' | 'already_done';
}

type SealPorts = Pick<Environment, 'source' | 'objects' | 'config'>;

const sealMarket = ({ asOf, benchmark, previousPool, metadata, series }: LoadedMarket) =>
  sealSnapshot({
    range: { first: START_DAY, last: asOf },
    benchmark,
    previousPool,
    metadata,
    series,
  });

/** Writes the snapshot, manifest last, then the data-quality report. */
const write = (
  { objects, config }: SealPorts,
  { payload, run_id }: RunRecord['started_by'],
  sealed: SealedSnapshot,
  report: Uint8Array,
): TE.TaskEither<Failure, Pick<Sealed, 'outcome' | 'snapshot'>> => {
  const scratch = scratchPrefix({ ...payload, run_id });
  const keys = snapshotKeys(payload.as_of_date, sealed.sha256);
  const manifestKey = `${scratch}${keys.manifest}`;
  const reportKey = `${scratch}${evidenceKey(payload.version, dataQualityFile(sealed.sha256))}`;
  return pipe(
    writeOnce(objects, `${scratch}${keys.bars}`, sealed.barsBytes, CONTENT_TYPES.binary),
    TE.chain(() => writeOnce(objects, manifestKey, sealed.manifestBytes, CONTENT_TYPES.json)),
    // An existing report is kept: a newer previous snapshot would give a different comparison.
    TE.chainFirst(() => writeOnce(objects, reportKey, report, CONTENT_TYPES.json)),
    TE.map(({ outcome }) => ({
      outcome: outcome === 'written' ? 'done' : 'already_done',
      snapshot: referenceTo(config, manifestKey, sealed.manifestBytes),
    })),
  );
};

const seal = (ports: SealPorts, run: RunRecord): TE.TaskEither<Failure, Sealed> =>
  pipe(
    loadMarket(ports, run),
    TE.bindTo('market'),
    TE.bind('inspection', ({ market }) => TE.fromEither(checkQuality(ports.source, market))),
    TE.bind('sealed', ({ market }) => TE.fromEither(sealMarket(market))),
    TE.bind('report', ({ market, inspection }) =>
      TE.fromEither(
        encodeJson(
          QualityReport,
          'data-quality report',
        )(qualityReport(ports.source.id, market, inspection)),
      ),
    ),
    TE.bind('written', ({ sealed, report }) => write(ports, run.started_by, sealed, report)),
    TE.map(({ written, inspection }) => ({ ...written, data_quality: ruleCounts(inspection) })),
  );

/**
 * Loads the bars of the run, checks them with the data-quality gate and seals them as a
 * content-addressed snapshot. A live source returns different data tomorrow, so the first snapshot
 * sealed for a run is reused by every later delivery. Files are read again, so that a file changed
 * in the meantime leads to a reported conflict.
 */
export const sealMarketData = (
  environment: SealPorts & Pick<Environment, 'documents'>,
  run: RunRecord,
): TE.TaskEither<Failure, Sealed> =>
  environment.source.live
    ? pipe(
        getOrCreate(
          environment.documents,
          runSnapshotPath(run.started_by.run_id),
          Snapshot,
          seal(environment, run),
        ),
        TE.map(({ value, created }) => ({ ...value, outcome: created ? 'done' : 'already_done' })),
      )
    : seal(environment, run);
