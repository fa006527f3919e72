import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { daysLeftOf, gateOptions } from '../../shared/config.js';
import { validateRelease } from '../../shared/contract/gate/gate.js';
import { verdictToEither } from '../../shared/contract/gate/problem.js';
import type { Release } from '../../shared/contract/release.js';
import { dayOf } from '../../shared/day.js';
import type { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import type { EffectiveDecision } from '../../shared/promotion/decide.js';
import { manifestReference } from '../../shared/releases/read-referenced-object.js';
import type { Environment } from '../environment.js';
import type { PromotionRequest } from './promotion-request.js';

/**
 * Readers refuse a release older than the maximum age and fall back to their last good document,
 * which is the release being rolled back. A release that expires today is refused tomorrow.
 */
const requireUnexpired = (
  { config, clock }: Environment,
  { as_of_date, version, allow_stale }: ReleaseMaterialised['payload'],
): E.Either<Failure, void> => {
  const daysLeft = daysLeftOf(config, as_of_date, clock());
  return daysLeft > 0 || allow_stale
    ? E.right(undefined)
    : E.left(
        permanent(
          'stale',
          `${version} has ${daysLeft} days left of ${config.maxAgeDays}: readers would refuse it and fall back to the release being rolled back. Publish its membership under a new date instead: live-pool restate --from ${version} --as-of-date <date> --reason <why>`,
        ),
      );
};

/**
 * The release gate. A release that becomes current must satisfy every rule. A release that is
 * already current may exceed the maximum age, but its bytes must be unchanged.
 */
export const checkRelease = (
  environment: Environment,
  { message: { payload }, command }: PromotionRequest,
  release: Release,
  decision: EffectiveDecision,
): TE.TaskEither<Failure, void> => {
  const { config, clock } = environment;
  const named = payload.manifest;
  const stored = manifestReference(config, release);
  if (named.uri !== stored.uri || named.sha256 !== stored.sha256)
    return TE.left(
      permanent(
        'contract-invalid',
        `manifest: expected ${named.uri} with SHA-256 ${named.sha256}, got ${stored.uri} with SHA-256 ${stored.sha256}`,
      ),
    );
  const applies = decision.kind === 'apply';
  return pipe(
    applies && command.intent === 'rollback'
      ? requireUnexpired(environment, payload)
      : E.right(undefined),
    E.chain(() =>
      verdictToEither(
        validateRelease(release.files, {
          ...gateOptions(config, payload.version),
          today: dayOf(clock()),
          allowStale: payload.allow_stale || !applies,
        }),
      ),
    ),
    E.map(() => undefined),
    TE.fromEither,
  );
};
