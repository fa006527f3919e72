import { DEFAULTS } from '../../shared/contract/constants.js';
import { entryPointOf } from '../../shared/entry-point.js';
import { cloudVariables } from '../../shared/gcp/config.js';
import {
  type LogMetric,
  logMetrics,
  metricFilter,
  RELEASE_AGE_ALARMS,
  releaseAgeThreshold,
} from '../../shared/log-metrics.js';
import { access, consumerAccess, operatorAccess } from '../../shared/permissions.js';
import { printedJson } from '../../shared/schema/print-json.js';
import {
  deadLetterTopic,
  delivery,
  everyFunction,
  type FunctionName,
  topicOf,
  topics,
  topology,
} from '../../shared/topology.js';

/** Where a clone keeps it. */
export const TOPOLOGY_FILE = 'deploy/gcp/topology.json';

/** Terraform's types want every key on every entry. */
const metricOf = (metric: LogMetric) => ({
  description: metric.description,
  filter: metricFilter(metric),
  value: metric.value ?? null,
  unit: metric.unit,
  bounds: metric.bounds ?? [],
  labels: metric.labels,
});

const functionOf = (name: FunctionName) => ({
  entry_point: entryPointOf(name),
  topic: topicOf(name),
  dead_letter: deadLetterTopic(name),
  ...access[name],
});

const byName = <A>(entryOf: (name: FunctionName) => A): Readonly<Record<string, A>> =>
  Object.fromEntries(everyFunction.map((name) => [name, entryOf(name)]));

/** What the infrastructure must be like, as the code has it. */
export const cloudTopology = () => ({
  topics,
  scheduled_topics: topics.filter((topic) => topology[topic].publisher === 'scheduler'),
  functions: byName(functionOf),
  delivery: {
    ack_deadline_seconds: delivery.ackDeadlineSeconds,
    minimum_backoff_seconds: delivery.minimumBackoffSeconds,
    maximum_backoff_seconds: delivery.maximumBackoffSeconds,
    maximum_attempts: delivery.maximumAttempts,
    retention_days: delivery.retentionDays,
    dead_letter_retention_days: delivery.deadLetterRetentionDays,
  },
  operators: operatorAccess,
  consumers: consumerAccess,
  variables: {
    required: cloudVariables.filter(({ required }) => required).map(({ name }) => name),
    optional: cloudVariables.filter(({ required }) => !required).map(({ name }) => name),
  },
  defaults: { root_prefix: DEFAULTS.rootPrefix },
  metrics: Object.fromEntries(logMetrics.map((metric) => [metric.name, metricOf(metric)])),
  release_age_alarms: RELEASE_AGE_ALARMS.map((days) => ({
    days,
    threshold: releaseAgeThreshold(days),
  })),
});

export const topologyText = (): string => printedJson(cloudTopology());
