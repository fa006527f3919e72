import * as t from 'io-ts';
import { LivePoolPublished } from './messages/live-pool-published.js';
import { MarketDataIngested } from './messages/market-data-ingested.js';
import { MonthlyRunRequested } from './messages/monthly-run-requested.js';
import { PoolRanked } from './messages/pool-ranked.js';
import { ReconcileRequested } from './messages/reconcile-requested.js';
import { ReleaseMaterialised } from './messages/release-materialised.js';
import { ReleasePromoted } from './messages/release-promoted.js';

/** Every function, by the name under which it is deployed. */
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
/** A function that takes part in a month; reconcile and shadow stand beside the flow. */
export type MonthlyFunction = Exclude<FunctionName, 'reconcile' | 'shadow'>;
/** The functions that a month runs through, in this order. */
export const monthlyFunctions: readonly MonthlyFunction[] = [
  'ingest',
  'rank',
  'materialise',
  'promote',
  'sync-firestore',
];
/** All that is deployed, the month's first. */
export const allFunctions: readonly FunctionName[] = Object.keys(FunctionName.keys).filter(
  FunctionName.is,
);

/** The one place where the flow is written down: who says what to whom. */
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
    // Downstream systems bring their own subscriptions.
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
    // What is not part of the flow hears of it and has no say in it.
    readonly publisher: MonthlyFunction | 'scheduler';
    readonly subscribers: readonly FunctionName[];
  }
>;

export type Topic = keyof typeof topology;

/** A topic whose messages come in the envelope, and are archived; a request to reconcile is `{}`. */
export type EnvelopedTopic = Exclude<Topic, 'reconcile-requested'>;

export const topics = Object.keys(topology) as readonly Topic[];

export const envelopedTopics: readonly EnvelopedTopic[] = topics.filter(
  (topic) => topic !== 'reconcile-requested',
);

/** How every push subscription behaves; one per function. */
export const deliveryPolicy = {
  ackDeadlineSeconds: 600,
  minimumBackoffSeconds: 10,
  maximumBackoffSeconds: 600,
  /**
   * After so many failed deliveries the transport itself gives a message up. Twelve take an hour: the
   * backoff doubles, and what comes back by itself needs nobody at night.
   */
  maximumAttempts: 12,
  retentionDays: 7,
  deadLetterRetentionDays: 31,
} as const;

/** The topic on which a function's undeliverable messages are parked. */
export const deadLetterTopic = (name: FunctionName): string => `${name}-dead-letter`;

/** The topic that a function listens to. */
export const topicOf = (name: FunctionName): Topic => {
  const found = topics.find((topic) =>
    topology[topic].subscribers.some((subscriber) => subscriber === name),
  );
  if (found === undefined) throw new Error(`No topic is subscribed by ${name}.`);
  return found;
};
