import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import type { Release } from '../../shared/contract/release.js';
import { parseControlAttributes } from '../../shared/messages/control-attributes.js';
import type { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import { releaseKey } from '../../shared/object-keys.js';
import { type Decision, decide, type PromotionCommand } from '../../shared/promotion/decide.js';
import { readPromotionState } from '../../shared/promotion/read-ledger.js';
import { releasePromotedMessage } from '../../shared/promotion/release-promoted-message.js';
import { copyToCurrent, verifyCurrent } from '../../shared/releases/current.js';
import { readReleaseAt } from '../../shared/releases/read-release.js';
import type { Environment, Step, StepResult } from '../environment.js';
import { releaseAge } from '../release-age.js';
import { checkRelease } from './check-release.js';
import { type Recorded, recordPromotion } from './record-promotion.js';
import { verifyAcceptance } from './verify-acceptance.js';

type ResultIds = Pick<StepResult, 'run_id' | 'version'>;

const noEffectResult = (
  decision: Decision,
  standing: ResultIds,
): TE.TaskEither<Failure, StepResult> | undefined => {
  switch (decision.kind) {
    case 'superseded':
      return TE.right({ ...standing, outcome: 'superseded', reason: decision.reason });
    case 'refused':
      return TE.left(permanent('conflict', `${standing.version}: ${decision.reason}`));
    case 'apply':
    case 'already_done':
      return undefined;
  }
};

/** Makes `current/` show the head of the ledger, and says so. */
const copyAndVerify = (
  environment: Environment,
  message: ReleaseMaterialised,
  release: Release,
  { outcome, entry }: Recorded,
): TE.TaskEither<Failure, StepResult> => {
  const { objects } = environment;
  return pipe(
    copyToCurrent(objects, entry, release.files),
    TE.chainFirst((copied) =>
      copied === 'superseded' ? TE.right(undefined) : verifyCurrent(objects, entry, release.files),
    ),
    TE.map((copied): StepResult => {
      const standing = {
        run_id: message.run_id,
        version: entry.version,
        promotion_seq: entry.seq,
      };
      if (copied === 'superseded')
        return { ...standing, outcome: 'superseded', reason: 'a later promotion came in between' };
      return {
        ...standing,
        ...releaseAge(environment, entry.as_of_date),
        outcome,
        outgoing: releasePromotedMessage(message, entry),
      };
    }),
  );
};

/**
 * Decides with the pure state machine, proves the release if it is to become current and that
 * readers will accept it, records the decision in one transaction, then copies and verifies. Every part can run twice, or at the same
 * time as itself.
 */
export const promote: Step<ReleaseMaterialised> =
  ({ message, attributes }) =>
  (environment) => {
    const { payload } = message;
    const standing = { run_id: message.run_id, version: payload.version };
    if (payload.dry_run)
      return TE.right({ ...standing, outcome: 'dry_run', reason: 'a dry run is never promoted' });
    return pipe(
      TE.Do,
      TE.bind('command', () => TE.fromEither(parseControlAttributes(attributes))),
      TE.bind('state', () => readPromotionState(environment.documents)),
      TE.chain(({ command, state }) => {
        const control: PromotionCommand = {
          eventId: message.event_id,
          version: payload.version,
          asOfDate: payload.as_of_date,
          intent: command.intent,
          ...(command.expectedSeq === undefined ? {} : { expectedSeq: command.expectedSeq }),
        };
        // A first look, so that what has no effect reads no release; the transaction decides.
        const preview = decide(state, control);
        return (
          noEffectResult(preview, standing) ??
          pipe(
            readReleaseAt(environment.objects, releaseKey(payload.version, '')),
            TE.chainFirst((release) =>
              checkRelease(environment, message, release, preview, command),
            ),
            TE.chainFirst((release) =>
              preview.kind === 'apply'
                ? verifyAcceptance(environment, message, control, release, preview.seq)
                : TE.right(undefined),
            ),
            TE.chain((release) =>
              pipe(
                recordPromotion(environment, message, control, command),
                TE.chain((recorded) =>
                  'entry' in recorded
                    ? copyAndVerify(environment, message, release, recorded)
                    : (noEffectResult(recorded, standing) ??
                      TE.left(permanent('unexpected', 'a decision without an entry'))),
                ),
              ),
            ),
          )
        );
      }),
    );
  };
