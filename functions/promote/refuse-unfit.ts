import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { gateOptions } from '../../shared/config.js';
import { validateRelease } from '../../shared/contract/gate/gate.js';
import { acceptance } from '../../shared/contract/gate/problem.js';
import type { Release } from '../../shared/contract/release.js';
import { dayOf } from '../../shared/day.js';
import { type Failure, permanent } from '../../shared/failure.js';
import type { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import type { Decision } from '../../shared/promotion/decide.js';
import type { Environment } from '../environment.js';

/**
 * The release gate. What becomes current must satisfy all of it; what is current already may have
 * grown old since, and must only still be the same bytes.
 */
export const refuseUnfit = (
  { config, clock }: Environment,
  { payload }: ReleaseMaterialised,
  release: Release,
  decision: Decision,
): TE.TaskEither<Failure, void> => {
  const { uri, sha256: expected } = payload.manifest;
  const got = release.sha256.artifact_manifest;
  if (got !== expected)
    return TE.left(
      permanent('contract-invalid', `${uri}: expected SHA-256 ${expected}, got ${got}`),
    );
  return pipe(
    validateRelease(release.files, {
      ...gateOptions(config, payload.version),
      today: dayOf(clock()),
      allowStale: payload.allow_stale || decision.kind !== 'apply',
    }),
    acceptance,
    E.map(() => undefined),
    TE.fromEither,
  );
};
