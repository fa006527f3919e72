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

/** The deployment's own variables where they are set, and who and from which commit we are. */
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
 * A deployment on Google Cloud, through the same ports as its functions. Nothing is kept here, and
 * nothing is locked: the ledger's transaction decides between operators.
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
  const desk: WritableTarget = {
    ...ports,
    config: config.pipeline,
    clock: () => now ?? new Date(),
    commandLine: command,
    // Only Pub/Sub knows what it has still to deliver.
    unfinished: async () => undefined,
    nextRunArgs: async () => 'run',
    // The month has it made.
    shadowBuildArgs: async () => 'run',
    execute: async (operation) => {
      if (wait !== undefined)
        return withInterruptMessage(
          () => `the pipeline goes on by itself. Look with: ${command('status')}`,
          () =>
            waitForEffect(
              // What Google refuses for good is not worth another look.
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
      // Reading from a bucket that is not there looks like reading what is not there.
      getOrThrow(await ports.objects.list(currentKey(''))());
      return task(desk);
    });
  } finally {
    await close();
  }
};
