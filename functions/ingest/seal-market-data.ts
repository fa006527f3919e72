import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import { encodeJson } from '../../shared/codec/bytes.js';
import type { Failure } from '../../shared/codec/failure.js';
import { runSnapshotPath } from '../../shared/document-paths.js';
import { checkQuality } from '../../shared/market-data/quality/gate.js';
import type { LoadedMarket } from '../../shared/market-data/quality/loaded-market.js';
import {
  QualityReport,
  qualityReport,
  ruleCounts,
} from '../../shared/market-data/quality/report.js';
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

/** The snapshot that a run is decided on, and what the gate counted in it. */
const Snapshot = t.strict(
  { snapshot: ObjectReference, data_quality: t.record(t.string, t.number) },
  'snapshot claim',
);
type Snapshot = t.TypeOf<typeof Snapshot>;

export interface Sealed extends Snapshot {
  readonly outcome: 'done' | 'already_done';
}

type Stores = Pick<Environment, 'source' | 'objects' | 'config'>;

const sealMarket = ({ asOf, benchmark, previousPool, metadata, series }: LoadedMarket) =>
  sealSnapshot({
    range: { first: START_DAY, last: asOf },
    benchmark,
    previousPool,
    metadata,
    series,
  });

/** Writes the snapshot, manifest last, then what the gate saw in it. */
const write = (
  { objects, config }: Stores,
  { payload, run_id }: RunRecord['started_by'],
  sealed: SealedSnapshot,
  report: Uint8Array,
): TE.TaskEither<Failure, Pick<Sealed, 'outcome' | 'snapshot'>> => {
  const scratch = scratchPrefix({ ...payload, run_id });
  const keys = snapshotKeys(payload.as_of_date, sealed.sha256);
  const manifestKey = `${scratch}${keys.manifest}`;
  const reportFile = `data-quality/${sealed.sha256}.json`;
  const reportKey = `${scratch}${evidenceKey(payload.version, reportFile)}`;
  return pipe(
    writeOnce(objects, `${scratch}${keys.bars}`, sealed.barsBytes, CONTENT_TYPES.binary),
    TE.chain(() => writeOnce(objects, manifestKey, sealed.manifestBytes, CONTENT_TYPES.json)),
    // A report that is there stays: since then, another snapshot to compare with may have come.
    TE.chainFirst(() => writeOnce(objects, reportKey, report, CONTENT_TYPES.json)),
    TE.map(({ outcome }) => ({
      outcome: outcome === 'written' ? 'done' : 'already_done',
      snapshot: referenceTo(config, manifestKey, sealed.manifestBytes),
    })),
  );
};

const seal = (stores: Stores, claim: RunRecord): TE.TaskEither<Failure, Sealed> =>
  pipe(
    loadMarket(stores, claim),
    TE.bindTo('market'),
    TE.bind('inspection', ({ market }) => TE.fromEither(checkQuality(stores.source, market))),
    TE.bind('sealed', ({ market }) => TE.fromEither(sealMarket(market))),
    TE.bind('report', ({ market, inspection }) =>
      TE.fromEither(
        encodeJson(
          QualityReport,
          'data-quality report',
        )(qualityReport(stores.source.id, market, inspection)),
      ),
    ),
    TE.bind('written', ({ sealed, report }) => write(stores, claim.started_by, sealed, report)),
    TE.map(({ written, inspection }) => ({ ...written, data_quality: ruleCounts(inspection) })),
  );

/**
 * Loads the bars of the run, lets the gate judge them and seals them as a content-addressed
 * snapshot. A live source says something else tomorrow, so the first snapshot that was sealed for
 * a run is the run's for ever. Files are read again: whoever has changed them meanwhile is to
 * hear of a conflict.
 */
export const sealMarketData = (
  environment: Stores & Pick<Environment, 'documents'>,
  claim: RunRecord,
): TE.TaskEither<Failure, Sealed> =>
  environment.source.live
    ? pipe(
        getOrCreate(
          environment.documents,
          runSnapshotPath(claim.started_by.run_id),
          Snapshot,
          seal(environment, claim),
        ),
        TE.map(({ value, created }) => ({ ...value, outcome: created ? 'done' : 'already_done' })),
      )
    : seal(environment, claim);
