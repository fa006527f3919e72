import { join } from 'node:path';
import type { Revision } from '../../shared/codec/primitives.js';
import { createBucket } from './create-bucket.js';
import { createTopology } from './create-topology.js';
import { type Project, variablesOf } from './environment-variables.js';
import { serveFunctions } from './serve-functions.js';
import { startEmulators } from './start-emulators.js';
import type { Served } from './startup-message.js';

export interface PipelineOptions {
  readonly project: Project;
  readonly environment: NodeJS.ProcessEnv;
  readonly sourceRevision: Revision | undefined;
  /** Whether the functions' output goes to a file beside the emulators' logs, or to stderr. */
  readonly quiet: boolean;
  /** Called when an emulator ends unexpectedly: later results would be unreliable. */
  readonly died: (sentence: string) => void;
}

export interface Pipeline {
  readonly served: Served;
  readonly stop: () => Promise<void>;
}

/** Starts the emulators, creates bucket and topology, and serves every function against them. */
export const openPipeline = async ({
  project,
  environment,
  sourceRevision,
  quiet,
  died,
}: PipelineOptions): Promise<Pipeline> => {
  const emulators = await startEmulators({ environment, died });
  const { pubsub, storage, logFolder } = emulators;
  const { projectId, bucket } = project;
  try {
    const variables = variablesOf(emulators, project, sourceRevision);
    const functions = await serveFunctions({
      variables,
      ...(quiet ? { logFile: join(logFolder, 'functions.log') } : {}),
    });
    const stop = async (): Promise<void> => {
      await Promise.all([functions.close(), emulators.stop()]);
    };
    const pubsubHost = pubsub.host;
    const functionsUrl = functions.url;
    try {
      await createBucket(storage.host, projectId, bucket);
      await createTopology({ pubsubHost, projectId, functionsUrl });
    } catch (error) {
      await functions.close();
      throw error;
    }
    return { served: { variables, pubsubHost, projectId, functionsUrl, logFolder }, stop };
  } catch (error) {
    await emulators.stop();
    throw error;
  }
};
