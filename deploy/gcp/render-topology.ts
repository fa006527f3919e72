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
import { operatorPermissions, permissions, readerPermissions } from '../../shared/permissions.js';
import { printedJson } from '../../shared/schema/print-json.js';
import {
  allFunctions,
  deadLetterTopic,
  deliveryPolicy,
  type FunctionName,
  topicOf,
  topics,
  topology,
} from '../../shared/topology.js';

/** The path of the file in a clone. */
export const TOPOLOGY_FILE = 'deploy/gcp/topology.json';

/** Terraform's types require every key on every entry. */
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
  ...permissions[name],
});

const byName = <A>(entryOf: (name: FunctionName) => A): Readonly<Record<string, A>> =>
  Object.fromEntries(allFunctions.map((name) => [name, entryOf(name)]));

/** The properties of the infrastructure that the code determines. */
export const cloudTopology = () => ({
  topics,
  scheduled_topics: topics.filter((topic) => topology[topic].publisher === 'scheduler'),
  functions: byName(functionOf),
  delivery: {
    ack_deadline_seconds: deliveryPolicy.ackDeadlineSeconds,
    minimum_backoff_seconds: deliveryPolicy.minimumBackoffSeconds,
    maximum_backoff_seconds: deliveryPolicy.maximumBackoffSeconds,
    maximum_attempts: deliveryPolicy.maximumAttempts,
    retention_days: deliveryPolicy.retentionDays,
    dead_letter_retention_days: deliveryPolicy.deadLetterRetentionDays,
  },
  operators: operatorPermissions,
  consumers: readerPermissions,
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
