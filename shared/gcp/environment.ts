import * as E from 'fp-ts/lib/Either.js';
import { FailureError } from '../codec/failure.js';
import type { PipelineConfig } from '../config.js';
import { entryPointOf } from '../entry-point.js';
import { barStoreEventText, exchangeEventText } from '../market-data/binance/event-text.js';
import { binanceExchange } from '../market-data/binance/exchange.js';
import { binanceSource } from '../market-data/binance/source.js';
import { demoSource } from '../market-data/demo-source.js';
import type { MarketDataSource } from '../market-data/market-data-source.js';
import type { Clock } from '../ports/clock.js';
import type { DocumentStore } from '../ports/document-store.js';
import type { Log } from '../ports/log.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { Publisher } from '../ports/publisher.js';
import { allFunctions } from '../topology.js';
import { openStores } from './cloud-stores.js';
import {
  type CloudConfig,
  type CloudEnv,
  cloudConfig,
  type MarketDataSourceName,
} from './config.js';
import { cloudLog, type LineWriter } from './log.js';

export interface CloudEnvironmentOptions {
  readonly env: CloudEnv;
  readonly clock: Clock;
  /** Receives log lines instead of standard output. */
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
  /** Closes the clients' connections. */
  readonly close: () => Promise<void>;
}

/** The ports that a market-data source needs. */
interface SourcePorts {
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly log: Log;
}

const sources: Readonly<
  Record<MarketDataSourceName, (config: CloudConfig, ports: SourcePorts) => MarketDataSource>
> = {
  demo: demoSource,
  binance: ({ binanceUrl }, { objects, clock, log }) => {
    const logWarning = (message: string): void =>
      log({ severity: 'WARNING', stage: 'ingest', message });
    return binanceSource({
      exchange: binanceExchange({
        baseUrl: binanceUrl,
        clock,
        random: Math.random,
        onEvent: (event) => logWarning(exchangeEventText(event)),
      }),
      objects,
      clock,
      onEvent: (event) => logWarning(barStoreEventText(event)),
    });
  },
};

/**
 * Opens the ports, or rejects with a FailureError after one ERROR line with all configuration
 * problems. Without ports, the function cannot dead-letter the message: Pub/Sub redelivers it, and
 * dead-letters it after the last attempt.
 */
export const openCloudEnvironment = async ({
  env,
  clock,
  stdout,
}: CloudEnvironmentOptions): Promise<CloudEnvironment> => {
  const logTo = { clock, project: env.GOOGLE_CLOUD_PROJECT, revision: env.SOURCE_REVISION, stdout };
  const log = cloudLog(logTo);
  const opened = cloudConfig(env);
  if (E.isLeft(opened)) {
    const { code, message } = opened.left;
    const outcome = 'will_be_delivered_again';
    const target = env.FUNCTION_TARGET || env.K_SERVICE || 'start';
    const stage = allFunctions.find((name) => entryPointOf(name) === target) ?? target;
    log({ severity: 'ERROR', stage, outcome, code, message });
    throw new FailureError(opened.left);
  }
  const config = opened.right;
  const stores = openStores(config, 'one per request');
  const { objects } = stores;
  return {
    ...stores,
    config: config.pipeline,
    clock,
    source: sources[config.marketDataSource](config, { objects, clock, log }),
    log,
  };
};
