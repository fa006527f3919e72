import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { ReaderSettings } from '../../shared/client/acceptance/reader-settings.js';
import { describeRejection } from '../../shared/client/acceptance/rejection.js';
import {
  type Candidate,
  type Check,
  validateCandidate,
} from '../../shared/client/acceptance/validate-candidate.js';
import { encodeJson, textOfUtf8 } from '../../shared/codec/bytes.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { canonicalJson, sha256 } from '../../shared/codec/hash.js';
import type { PositiveInteger } from '../../shared/codec/primitives.js';
import { locationsOf, type PipelineConfig } from '../../shared/config.js';
import { ARTIFACT_FILE } from '../../shared/contract/constants.js';
import { FirestoreDocument, firestoreDocument } from '../../shared/contract/firestore-document.js';
import type { Release } from '../../shared/contract/release.js';
import { dayOf, type EpochDay } from '../../shared/day.js';
import { Acceptance, type AcceptanceResult } from '../../shared/evidence/acceptance.js';
import { acceptanceFile } from '../../shared/evidence/evidence-files.js';
import { evidenceKey } from '../../shared/object-keys.js';
import { CONTENT_TYPES, writeOnce } from '../../shared/ports/write-once.js';
import { manifestReference } from '../../shared/releases/read-referenced-object.js';
import type { Environment } from '../environment.js';
import type { PromotionRequest } from './promotion-request.js';

/** Settings of the strictest reader of this deployment's documents. */
const strictReader = ({ maxAgeDays, readers, contract }: PipelineConfig): ReaderSettings => ({
  maxAgeDays,
  acceptedModes: [readers.mode],
  expectedPoolSize: readers.poolSize,
  strict: true,
  strategyProfile: contract.strategyProfile,
});

/** The document as Firestore returns it, with the keys of every map sorted. */
const asStoredByFirestore = (
  config: PipelineConfig,
  release: Release,
  promotionSeq: PositiveInteger,
): unknown =>
  JSON.parse(
    canonicalJson(
      FirestoreDocument.encode(firestoreDocument(release, locationsOf(config), promotionSeq)),
    ),
  );

const candidatesOf = (
  config: PipelineConfig,
  release: Release,
  promotionSeq: PositiveInteger,
): readonly Candidate[] => [
  {
    source: 'fresh_upstream',
    name: 'firestore',
    given: { payload: asStoredByFirestore(config, release, promotionSeq) },
  },
  ...[ARTIFACT_FILE.live_pool, ARTIFACT_FILE.live_pool_legacy].map(
    (name): Candidate => ({
      source: 'local_file',
      name,
      given: { text: textOfUtf8(release.files[name]) ?? '' },
    }),
  ),
];

/** Checks every acceptance rule against every source that readers use, in their order. */
const acceptanceReport = (
  config: PipelineConfig,
  candidates: readonly Candidate[],
  { today, allowStale }: { readonly today: EpochDay; readonly allowStale: boolean },
) => {
  const resultOf = ({ rule, broken }: Check): AcceptanceResult => {
    if (rule === 'age' && allowStale) return 'waived';
    if (broken === undefined) return 'accepted';
    return rule === 'identity' && config.sourceRevision === undefined ? 'warning' : 'refused';
  };
  const settings = strictReader(config);
  return candidates.map((candidate) => ({
    candidate: candidate.name,
    checks: validateCandidate(candidate, settings, today).checks.map((check) => ({
      rule: check.rule,
      result: resultOf(check),
      ...(check.broken === undefined ? {} : { broken: check.broken }),
    })),
  }));
};

type AcceptanceReport = ReturnType<typeof acceptanceReport>;

const acceptanceFailure = (version: string, report: AcceptanceReport): Failure | undefined => {
  const rejected = report.flatMap(({ candidate, checks }) =>
    checks.flatMap(({ rule, result, broken }) =>
      result === 'refused' && broken !== undefined ? [{ candidate, rule, ...broken }] : [],
    ),
  );
  if (rejected.length === 0) return undefined;
  const onlyStale = rejected.every(({ rule }) => rule === 'age');
  return permanent(
    onlyStale ? 'stale' : 'contract-invalid',
    `Readers would refuse ${version}: ${rejected.map(describeRejection).join('; ')}`,
  );
};

/**
 * The acceptance evidence, without anything that depends on the current day: a message that is
 * redelivered days later writes the same bytes under the same name.
 */
const evidenceOf = (
  { config }: Environment,
  { message: { payload }, command: { eventId, intent, expectedSeq } }: PromotionRequest,
  release: Release,
  report: AcceptanceReport,
): E.Either<Failure, Uint8Array> => {
  const { maxAgeDays, acceptedModes, expectedPoolSize, strategyProfile } = strictReader(config);
  return encodeJson(
    Acceptance,
    'acceptance evidence',
  )({
    version: release.version,
    as_of_date: payload.as_of_date,
    event_id: eventId,
    intent,
    expected_seq: expectedSeq ?? null,
    allow_stale: payload.allow_stale,
    manifest: manifestReference(config, release),
    reader: {
      max_age_days: maxAgeDays,
      accepted_modes: acceptedModes,
      expected_pool_size: expectedPoolSize,
      strategy_profile: strategyProfile,
    },
    candidates: report.map(({ candidate, checks }) => ({
      candidate,
      rules: Object.fromEntries(checks.map(({ rule, result }) => [rule, result])),
    })),
  });
};

/**
 * Checks the release with the readers' own rules: its bytes, and the document that sync-firestore
 * will write. A release that readers would refuse is not promoted. Otherwise
 * `evidence/<version>/acceptance/<SHA-256>.json` records each rule and its result.
 */
export const verifyAcceptance = (
  environment: Environment,
  request: PromotionRequest,
  release: Release,
  promotionSeq: PositiveInteger,
): TE.TaskEither<Failure, unknown> => {
  const { config, clock, objects } = environment;
  const candidates = candidatesOf(config, release, promotionSeq);
  const { allow_stale } = request.message.payload;
  const report = acceptanceReport(config, candidates, {
    today: dayOf(clock()),
    allowStale: allow_stale,
  });
  const rejected = acceptanceFailure(release.version, report);
  if (rejected !== undefined) return TE.left(rejected);
  return pipe(
    TE.fromEither(evidenceOf(environment, request, release, report)),
    TE.bindTo('bytes'),
    TE.let('key', ({ bytes }) => evidenceKey(release.version, acceptanceFile(sha256(bytes)))),
    TE.bind('written', ({ key, bytes }) => writeOnce(objects, key, bytes, CONTENT_TYPES.json)),
    TE.chainEitherK(({ key, written: { outcome } }) =>
      outcome === 'different'
        ? E.left(
            permanent(
              'conflict',
              `${key} exists, but its content does not match the hash in its name`,
            ),
          )
        : E.right(outcome),
    ),
  );
};
