import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError } from '../../../shared/codec/failure.js';
import { explainRefusal } from '../../../shared/gcp/access-errors.js';
import { operatorConfig } from '../../../shared/gcp/config.js';
import { openOperatorPorts } from '../../../shared/gcp/operator-ports.js';
import { currentKey } from '../../../shared/object-keys.js';
import { type CloudPlace, type Context, unwrap, warn } from '../context.js';
import { operator, sourceRevision } from '../local-config.js';
import { whileInterruptible } from '../terminal/signals.js';
import type { ControlDesk } from './command-target.js';
import { follow } from './wait-for-effect.js';

/** The deployment's own variables where they are set, and who and from which commit we are. */
const configOf = ({ project, bucket }: CloudPlace) =>
  unwrap(
    operatorConfig({
      ...process.env,
      GOOGLE_CLOUD_PROJECT: project,
      BUCKET: bucket,
      SOURCE_REVISION: sourceRevision(),
      ACTOR: process.env.ACTOR || operator(),
    }),
  );

/**
 * A deployment on Google Cloud, through the same ports as its functions. Nothing is kept here, and
 * nothing is locked: the ledger's transaction decides between operators.
 */
export const withCloudDesk = async <A>(
  { wait, quiet, now }: Context,
  place: CloudPlace,
  task: (desk: ControlDesk) => Promise<A>,
): Promise<A> => {
  const config = configOf(place);
  const { close, findCredentials, ...ports } = openOperatorPorts(config);
  const command = (words: string): string =>
    `live-pool ${words} --project ${place.project} --bucket ${place.bucket}`;
  const explained = async <A>(work: () => Promise<A>): Promise<A> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      throw new FailureError(explainRefusal(error.failure, place));
    }
  };
  const desk: ControlDesk = {
    ...ports,
    config: config.pipeline,
    clock: () => now ?? new Date(),
    command,
    // Only Pub/Sub knows what it has still to deliver.
    unfinished: async () => undefined,
    monthlyRun: async () => 'run',
    // The month has it made.
    shadowBuild: async () => 'run',
    carryOut: async (errand) => {
      if (wait !== undefined)
        return whileInterruptible(
          () => `the pipeline goes on by itself. Look with: ${command('status')}`,
          () =>
            follow(
              // What Google refuses for good is not worth another look.
              { ...errand, look: () => explained(errand.look) },
              {
                ...{ deadLetters: ports.deadLetters, command, wait, sleep },
                now: Date.now,
                note: quiet ? () => undefined : warn,
              },
            ),
        );
      unwrap(await errand.publish());
      return undefined;
    },
  };
  try {
    return await explained(async () => {
      unwrap(await findCredentials());
      // Reading from a bucket that is not there looks like reading what is not there.
      unwrap(await ports.objects.list(currentKey(''))());
      return task(desk);
    });
  } finally {
    await close();
  }
};
