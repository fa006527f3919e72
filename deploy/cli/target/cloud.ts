import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError, getOrThrow } from '../../../shared/codec/failure.js';
import { explainAccessError } from '../../../shared/gcp/access-errors.js';
import { operatorConfig } from '../../../shared/gcp/config.js';
import { openOperatorPorts } from '../../../shared/gcp/operator-ports.js';
import { currentKey } from '../../../shared/object-keys.js';
import { type Context, type DeploymentRef, warn } from '../context.js';
import { currentUser, sourceRevision } from '../local-config.js';
import { withInterruptMessage } from '../terminal/signals.js';
import type { WritableTarget } from './command-target.js';
import { waitForEffect } from './wait-for-effect.js';

/** The deployment's variables from the environment, with the operator and the source commit. */
const configOf = ({ project, bucket }: DeploymentRef) =>
  getOrThrow(
    operatorConfig({
      ...process.env,
      GOOGLE_CLOUD_PROJECT: project,
      BUCKET: bucket,
      SOURCE_REVISION: sourceRevision(),
      ACTOR: process.env.ACTOR || currentUser(),
    }),
  );

/**
 * Opens a deployment on Google Cloud through the same ports as its functions. There is no lock: the
 * ledger's transaction orders concurrent operators.
 */
export const withCloudTarget = async <A>(
  { wait, quiet, now }: Context,
  place: DeploymentRef,
  task: (target: WritableTarget) => Promise<A>,
): Promise<A> => {
  const config = configOf(place);
  const { close, findCredentials, ...ports } = openOperatorPorts(config);
  const command = (args: string): string =>
    `live-pool ${args} --project ${place.project} --bucket ${place.bucket}`;
  const withAccessErrors = async <A>(work: () => Promise<A>): Promise<A> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      throw new FailureError(explainAccessError(error.failure, place));
    }
  };
  const target: WritableTarget = {
    ...ports,
    config: config.pipeline,
    clock: () => now ?? new Date(),
    commandLine: command,
    // Only Pub/Sub knows which messages are pending.
    unfinished: async () => undefined,
    nextRunArgs: async () => 'run',
    // A monthly run makes the shadow history as well.
    shadowBuildArgs: async () => 'run',
    execute: async (operation) => {
      if (wait !== undefined)
        return withInterruptMessage(
          () => `the pipeline continues in the cloud. Check it with: ${command('status')}`,
          () =>
            waitForEffect(
              // A permanent access error ends the polling.
              { ...operation, poll: () => withAccessErrors(operation.poll) },
              {
                ...{ deadLetters: ports.deadLetters, commandLine: command, wait, sleep },
                now: Date.now,
                note: quiet ? () => undefined : warn,
              },
            ),
        );
      getOrThrow(await operation.publish());
      return undefined;
    },
  };
  try {
    return await withAccessErrors(async () => {
      getOrThrow(await findCredentials());
      // Listing fails if the bucket is missing; reading an object would only find nothing.
      getOrThrow(await ports.objects.list(currentKey(''))());
      return task(target);
    });
  } finally {
    await close();
  }
};
