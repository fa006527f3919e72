import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { PipelineConfig } from '../config.js';
import { type Failure, FailureError, permanent } from '../failure.js';
import { demoSource } from '../market-data/demo-source.js';
import type { Clock } from '../ports/clock.js';
import type { DocumentStore } from '../ports/document-store.js';
import type { Log } from '../ports/log.js';
import type { MarketDataSource } from '../ports/market-data-source.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { Publisher } from '../ports/publisher.js';
import { openClients } from './clients.js';
import {
  type CloudConfig,
  type CloudEnv,
  cloudConfig,
  type MarketDataSourceName,
} from './config.js';
import { firestoreDocumentStore } from './document-store.js';
import { cloudLog, type LineWriter } from './log.js';
import { gcsObjectStore } from './object-store.js';
import { pubsubPublisher } from './publisher.js';

export interface CloudEnvironmentOptions {
  readonly env: CloudEnv;
  readonly clock: Clock;
  /** Where log lines go instead of standard output. */
  readonly stdout?: LineWriter;
}

/** All ports on Google Cloud. */
export interface CloudEnvironment {
  readonly config: PipelineConfig;
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly source: MarketDataSource;
  readonly log: Log;
  /** Ends the clients' connections. */
  readonly close: () => Promise<void>;
}

const sources: Readonly<
  Record<MarketDataSourceName, (config: CloudConfig) => E.Either<Failure, MarketDataSource>>
> = {
  demo: () => E.right(demoSource()),
  binance: () =>
    E.left(
      permanent(
        'configuration',
        'MARKET_DATA_SOURCE: expected a source that this version has, got "binance". Set it to demo.',
      ),
    ),
};

const configured = (
  env: CloudEnv,
): E.Either<Failure, { readonly config: CloudConfig; readonly source: MarketDataSource }> =>
  pipe(
    cloudConfig(env),
    E.bindTo('config'),
    E.bind('source', ({ config }) => sources[config.marketDataSource](config)),
  );

/**
 * Opens the ports, or rejects with a FailureError after one ERROR line that says everything that is
 * missing. Without ports nothing can be parked either: the message is delivered again, and after the
 * last attempt the transport itself parks it.
 */
export const openCloudEnvironment = async ({
  env,
  clock,
  stdout,
}: CloudEnvironmentOptions): Promise<CloudEnvironment> => {
  const logTo = { clock, project: env.GOOGLE_CLOUD_PROJECT, revision: env.SOURCE_REVISION, stdout };
  const log = cloudLog(logTo);
  const opened = configured(env);
  if (E.isLeft(opened)) {
    const { code, message } = opened.left;
    const outcome = 'will_be_delivered_again';
    const stage = env.FUNCTION_TARGET || env.K_SERVICE || 'start';
    log({ severity: 'ERROR', stage, outcome, code, message });
    throw new FailureError(opened.left);
  }
  const { config, source } = opened.right;
  const { bucket, firestore, pubsub, close } = openClients(config);
  return {
    config: config.pipeline,
    objects: gcsObjectStore(bucket, config.pipeline.rootPrefix),
    documents: firestoreDocumentStore(firestore),
    publisher: pubsubPublisher(pubsub),
    clock,
    source,
    log,
    close,
  };
};
