import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import type { Release } from '../../shared/contract/release.js';
import { parseControlAttributes } from '../../shared/messages/control-attributes.js';
import type { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import { releaseKey } from '../../shared/object-keys.js';
import {
  decide,
  type EffectiveDecision,
  type IneffectiveDecision,
  isEffective,
} from '../../shared/promotion/decide.js';
import { readPromotionState } from '../../shared/promotion/read-ledger.js';
import { releasePromotedMessage } from '../../shared/promotion/release-promoted-message.js';
import { copyToCurrent, verifyCurrent } from '../../shared/releases/current.js';
import { readReleaseAt } from '../../shared/releases/read-release.js';
import type { Environment, Step, StepResult } from '../environment.js';
import { releaseAge } from '../release-age.js';
import { checkRelease } from './check-release.js';
import { type PromotionRequest, promotionRequest } from './promotion-request.js';
import { type Recorded, recordPromotion } from './record-promotion.js';
import { verifyAcceptance } from './verify-acceptance.js';

const resultIds = ({ run_id, payload }: ReleaseMaterialised) => ({
  run_id,
  version: payload.version,
});

/** A message without effect is acknowledged; one that its sender must correct is refused. */
const noEffectResult = (
  { message }: PromotionRequest,
  decision: IneffectiveDecision,
): TE.TaskEither<Failure, StepResult> =>
  decision.kind === 'superseded'
    ? TE.right({ ...resultIds(message), outcome: 'superseded', reason: decision.reason })
    : TE.left(permanent('conflict', `${message.payload.version}: ${decision.reason}`));

/** The release, if the gate accepts it and, where it is to become current, readers will too. */
const readAcceptableRelease = (
  environment: Environment,
  request: PromotionRequest,
  decision: EffectiveDecision,
): TE.TaskEither<Failure, Release> =>
  pipe(
    readReleaseAt(environment.objects, releaseKey(request.command.version, '')),
    TE.chainFirst((release) => checkRelease(environment, request, release, decision)),
    TE.chainFirst((release) =>
      decision.kind === 'apply'
        ? verifyAcceptance(environment, request, release, decision.seq)
        : TE.right(undefined),
    ),
  );

/** Makes `current/` show the head of the ledger, and announces it. */
const copyAndVerify = (
  environment: Environment,
  { message }: PromotionRequest,
  release: Release,
  { outcome, entry }: Recorded,
): TE.TaskEither<Failure, StepResult> => {
  const { objects } = environment;
  const ids = { run_id: message.run_id, version: entry.version, promotion_seq: entry.seq };
  return pipe(
    copyToCurrent(objects, entry, release.files),
    TE.chainFirst((copied) =>
      copied === 'superseded' ? TE.right(undefined) : verifyCurrent(objects, entry, release.files),
    ),
    TE.map(
      (copied): StepResult =>
        copied === 'superseded'
          ? { ...ids, outcome: 'superseded', reason: 'a later promotion was recorded first' }
          : {
              ...ids,
              ...releaseAge(environment, entry.as_of_date),
              outcome,
              outgoing: releasePromotedMessage(message, entry),
            },
    ),
  );
};

/** Checks the release, records the decision, and shows the result in `current/`. */
const promoteRelease = (
  environment: Environment,
  request: PromotionRequest,
  preview: EffectiveDecision,
): TE.TaskEither<Failure, StepResult> =>
  pipe(
    TE.Do,
    TE.bind('release', () => readAcceptableRelease(environment, request, preview)),
    TE.bind('recorded', () => recordPromotion(environment, request)),
    TE.chain(({ release, recorded }) =>
      'entry' in recorded
        ? copyAndVerify(environment, request, release, recorded)
        : noEffectResult(request, recorded),
    ),
  );

/**
 * Decides with the pure state machine, validates a release that is to become current, verifies that
 * readers will accept it, records the decision in one transaction, then copies to `current/` and
 * verifies the copy. Every part is idempotent and safe to run concurrently with itself.
 */
export const promote: Step<ReleaseMaterialised> =
  ({ message, attributes }) =>
  (environment) => {
    if (message.payload.dry_run)
      return TE.right({
        ...resultIds(message),
        outcome: 'dry_run',
        reason: 'a dry run is never promoted',
      });
    return pipe(
      TE.Do,
      TE.bind('control', () => TE.fromEither(parseControlAttributes(attributes))),
      TE.bind('state', () => readPromotionState(environment.documents)),
      TE.chain(({ control, state }) => {
        const request = promotionRequest(message, control);
        // A preview, so that a message without effect reads no release; the transaction decides.
        const preview = decide(state, request.command);
        return isEffective(preview)
          ? promoteRelease(environment, request, preview)
          : noEffectResult(request, preview);
      }),
    );
  };
