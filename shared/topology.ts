import * as t from 'io-ts';
import { LivePoolPublished } from './messages/live-pool-published.js';
import { MarketDataIngested } from './messages/market-data-ingested.js';
import { MonthlyRunRequested } from './messages/monthly-run-requested.js';
import { PoolRanked } from './messages/pool-ranked.js';
import { ReconcileRequested } from './messages/reconcile-requested.js';
import { ReleaseMaterialised } from './messages/release-materialised.js';
import { ReleasePromoted } from './messages/release-promoted.js';

/** All functions, by deployed name. */
export const FunctionName = t.keyof(
  {
    ingest: null,
    rank: null,
    materialise: null,
    promote: null,
    'sync-firestore': null,
    reconcile: null,
    shadow: null,
  },
  'FunctionName',
);
export type FunctionName = t.TypeOf<typeof FunctionName>;
/** A function of the monthly flow, which reconcile and shadow are not part of. */
export type MonthlyFunction = Exclude<FunctionName, 'reconcile' | 'shadow'>;
/** The functions of the monthly flow, in order. */
export const monthlyFunctions: readonly MonthlyFunction[] = [
  'ingest',
  'rank',
  'materialise',
  'promote',
  'sync-firestore',
];
/** All deployed functions, the functions of the monthly flow first. */
export const allFunctions: readonly FunctionName[] = Object.keys(FunctionName.keys).filter(
  FunctionName.is,
);

/** The single definition of the flow: topics, publishers and subscribers. */
export const topology = {
  'monthly-run-requested': {
    codec: MonthlyRunRequested,
    publisher: 'scheduler',
    subscribers: ['ingest'],
  },
  'market-data-ingested': {
    codec: MarketDataIngested,
    publisher: 'ingest',
    subscribers: ['rank', 'shadow'],
  },
  'pool-ranked': {
    codec: PoolRanked,
    publisher: 'rank',
    subscribers: ['materialise'],
  },
  'release-materialised': {
    codec: ReleaseMaterialised,
    publisher: 'materialise',
    subscribers: ['promote'],
  },
  'release-promoted': {
    codec: ReleasePromoted,
    publisher: 'promote',
    subscribers: ['sync-firestore'],
  },
  'live-pool-published': {
    codec: LivePoolPublished,
    publisher: 'sync-firestore',
    // Readers create their own subscriptions.
    subscribers: [],
  },
  'reconcile-requested': {
    codec: ReconcileRequested,
    publisher: 'scheduler',
    subscribers: ['reconcile'],
  },
} as const satisfies Record<
  string,
  {
    readonly codec: { readonly name: string };
    // Functions outside the monthly flow may subscribe to its topics, but not publish to them.
    readonly publisher: MonthlyFunction | 'scheduler';
    readonly subscribers: readonly FunctionName[];
  }
>;

export type Topic = keyof typeof topology;

/** A topic with archived messages in the envelope. A request to reconcile is `{}`. */
export type EnvelopedTopic = Exclude<Topic, 'reconcile-requested'>;

export const topics = Object.keys(topology) as readonly Topic[];

export const envelopedTopics: readonly EnvelopedTopic[] = topics.filter(
  (topic) => topic !== 'reconcile-requested',
);

/** The delivery policy of every push subscription; each function has one. */
export const deliveryPolicy = {
  ackDeadlineSeconds: 600,
  minimumBackoffSeconds: 10,
  maximumBackoffSeconds: 600,
  /**
   * Pub/Sub dead-letters a message after this many failed deliveries. With doubling backoff, twelve
   * take about an hour, so that an outage that ends by itself needs no operator at night.
   */
  maximumAttempts: 12,
  retentionDays: 7,
  deadLetterRetentionDays: 31,
} as const;

/** The dead-letter topic of a function. */
export const deadLetterTopic = (name: FunctionName): string => `${name}-dead-letter`;

/** The topic that a function subscribes to. */
export const topicOf = (name: FunctionName): Topic => {
  const found = topics.find((topic) =>
    topology[topic].subscribers.some((subscriber) => subscriber === name),
  );
  if (found === undefined) throw new Error(`No topic is subscribed by ${name}.`);
  return found;
};
