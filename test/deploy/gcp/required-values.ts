import { entryPointOf } from '../../../shared/entry-point.js';
import { cloudVariables } from '../../../shared/gcp/config.js';
import {
  logMetrics,
  metricFilter,
  RELEASE_AGE_ALARMS,
  releaseAgeThreshold,
} from '../../../shared/log-metrics.js';
import {
  type FunctionPermissions,
  operatorPermissions,
  permissions,
  readerPermissions,
} from '../../../shared/permissions.js';
import {
  allFunctions,
  deadLetterTopic,
  deliveryPolicy,
  type FunctionName,
  topicOf,
  topics,
} from '../../../shared/topology.js';

/** A deployment as the tests imagine it. */
const PROJECT = 'a-project';
export const OPERATOR = 'group:operators@example.com';
const CONSUMER = 'serviceAccount:trader@example.iam.gserviceaccount.com';
export const VARIABLES = {
  project: PROJECT,
  bucket: 'a-bucket',
  source_revision: '0123456789abcdef0123456789abcdef01234567',
  alert_email: 'oncall@example.com',
  operators: [OPERATOR],
  consumers: [CONSUMER],
  root_prefix: 'some/root',
  // Every optional variable that no resource decides.
  settings: Object.fromEntries(
    cloudVariables
      .filter(
        ({ name, required }) => !required && !/^(ACTOR|FIRESTORE_DATABASE|ROOT_PREFIX)$/.test(name),
      )
      .map(({ name }) => [name, `some ${name}`]),
  ),
};

/** The name of the deployed function, of its service and of its push subscription. */
const deployedName = (name: FunctionName): string => `live-pool-${name}`;
const accountOf = (name: FunctionName): string =>
  `live-pool-${name}@${PROJECT}.iam.gserviceaccount.com`;

/** Variables that the functions framework reads, not the code. */
export const FRAMEWORK_VARIABLES = { NODE_ENV: 'production' };

const environmentOf = (name: FunctionName) => ({
  ...FRAMEWORK_VARIABLES,
  ...VARIABLES.settings,
  GOOGLE_CLOUD_PROJECT: PROJECT,
  BUCKET: VARIABLES.bucket,
  SOURCE_REVISION: VARIABLES.source_revision,
  ROOT_PREFIX: VARIABLES.root_prefix,
  FIRESTORE_DATABASE: '(default)',
  ACTOR: accountOf(name),
});

const holders: readonly (readonly [string, string, FunctionPermissions])[] = [
  ...allFunctions.map(
    (name) => [name, `serviceAccount:${accountOf(name)}`, permissions[name]] as const,
  ),
  [`operator ${OPERATOR}`, OPERATOR, operatorPermissions],
  [`consumer ${CONSUMER}`, CONSUMER, readerPermissions],
];

const forHolders = <A>(
  entriesOf: (
    who: string,
    member: string,
    needs: FunctionPermissions,
  ) => readonly (readonly [string, A])[],
): Readonly<Record<string, A>> =>
  Object.fromEntries(
    holders.flatMap(([who, member, needs]) =>
      entriesOf(who, member, needs).map(([key, value]) => [`${who}${key}`, value] as const),
    ),
  );

const objectBindings = forHolders((_, member, { objects }) => {
  const verbs = [...new Set(Object.values(objects).flat())];
  return verbs.map((verb) => {
    const prefixes = Object.keys(objects)
      .filter((prefix) => objects[prefix]?.includes(verb))
      .sort();
    const names = prefixes.map(
      (prefix) =>
        `resource.name.startsWith("projects/_/buckets/a-bucket/objects/some/root/${prefix}")`,
    );
    const condition = verb === 'list' ? null : names.join(' || ');
    return [`/${verb}`, { member, verb, prefixes, condition }] as const;
  });
});

const byFunction = <A>(entryOf: (name: FunctionName) => A): Readonly<Record<string, A>> =>
  Object.fromEntries(allFunctions.map((name) => [name, entryOf(name)]));

const listed = (names: readonly string[]): string =>
  [...names]
    .sort()
    .map((name) => JSON.stringify(name))
    .join(',');
const waiting = (metric: string, names: readonly string[]) => ({
  filter: `resource.type="pubsub_subscription" AND metric.type="pubsub.googleapis.com/subscription/${metric}" AND resource.labels.subscription_id=one_of(${listed(names)})`,
  aligner: 'ALIGN_MAX',
  reducer: 'REDUCE_MAX',
  group_by: ['resource.label.subscription_id'],
  period: '300s',
  closes: '604800s',
});
const counted = (metric: string, by: string) => ({
  filter: `resource.type="cloud_run_revision" AND metric.type="${metric}`,
  aligner: 'ALIGN_DELTA',
  reducer: 'REDUCE_SUM',
  group_by: [by],
  period: '3600s',
  // Nothing is counted once it is over, and an alarm that stays swallows the next one.
  closes: '3600s',
});
const OURS = 'logging.googleapis.com/user/live_pool';
const requests = counted('run.googleapis.com/request_count', 'resource.label.service_name');

/** The conditions of the alarms, word for word: an alarm on another condition stays silent. */
const alarms = {
  dead_letters: {
    ...waiting('num_undelivered_messages', allFunctions.map(deadLetterTopic)),
    ...{ severity: 'CRITICAL', title: 'A message was dead-lettered', above: 0 },
  },
  backlog: {
    ...waiting('oldest_unacked_message_age', allFunctions.map(deployedName)),
    ...{ severity: 'ERROR', title: 'A message has waited for more than 90 minutes', above: 5400 },
  },
  error_rate: {
    ...counted(`${OURS}/failures"`, 'metric.label.stage'),
    ...{ severity: 'ERROR', title: 'A function fails more than three times an hour', above: 3 },
  },
  server_errors: {
    ...requests,
    filter: `${requests.filter}" AND metric.labels.response_code_class="5xx" AND resource.labels.service_name=one_of(${listed(allFunctions.map(deployedName))})`,
    ...{ severity: 'ERROR', above: 3 },
    title: 'A function answers 5xx more than three times an hour',
  },
  retries: {
    ...counted(`${OURS}/delivered_again"`, 'metric.label.stage'),
    ...{ severity: 'WARNING', title: 'Messages are redelivered repeatedly', above: 2 },
  },
  ...Object.fromEntries(
    RELEASE_AGE_ALARMS.map((days, index) => [
      `release_age_${days}`,
      {
        severity: ['WARNING', 'ERROR', 'CRITICAL'][index],
        title: `What readers see is older than ${days} days`,
        filter: `resource.type="cloud_run_revision" AND metric.type="${OURS}/release_age_days"`,
        aligner: 'ALIGN_PERCENTILE_99',
        reducer: 'REDUCE_MAX',
        group_by: [],
        period: '90000s',
        above: releaseAgeThreshold(days),
        closes: '604800s',
      },
    ]),
  ),
};

/**
 * What the code needs of the infrastructure, by the name of the local that must hold it. Nothing of
 * it comes from topology.json: that file is only how Terraform hears of it.
 */
export const neededValues: Readonly<Record<string, unknown>> = {
  topics: [...topics, ...allFunctions.map(deadLetterTopic)].sort(),
  subscriptions: byFunction((name) => ({
    name: deployedName(name),
    topic: topicOf(name),
    dead_letter: deadLetterTopic(name),
    path: `projects/${PROJECT}/topics/${topicOf(name)}`,
  })),
  dead_letters: Object.fromEntries(allFunctions.map((name) => [deadLetterTopic(name), name])),
  delivery: {
    ack_deadline_seconds: deliveryPolicy.ackDeadlineSeconds,
    minimum_backoff_seconds: deliveryPolicy.minimumBackoffSeconds,
    maximum_backoff_seconds: deliveryPolicy.maximumBackoffSeconds,
    maximum_attempts: deliveryPolicy.maximumAttempts,
    retention_days: deliveryPolicy.retentionDays,
    dead_letter_retention_days: deliveryPolicy.deadLetterRetentionDays,
  },
  object_bindings: objectBindings,
  document_bindings: forHolders((_, member, { documents }) => {
    if (documents === 'none') return [];
    return [['', { member, role: `roles/datastore.${documents === 'read' ? 'viewer' : 'user'}` }]];
  }),
  publisher_bindings: forHolders((_, member, { publishes }) =>
    publishes.map((topic) => [`/${topic}`, { member, topic }] as const),
  ),
  subscriber_bindings: {
    [`consumer ${CONSUMER}/live-pool-published`]: {
      member: CONSUMER,
      topic: 'live-pool-published',
    },
  },
  dead_letter_bindings: Object.fromEntries(
    allFunctions
      .map(deadLetterTopic)
      .map((dead_letter) => [
        `operator ${OPERATOR}/${dead_letter}`,
        { member: OPERATOR, dead_letter },
      ]),
  ),
  jobs: {
    'monthly-run-requested': { schedule: '30 0 1 * *', body: '{}' },
    'reconcile-requested': { schedule: '15 6,18 * * *', body: '{}' },
  },
  metrics: Object.fromEntries(
    logMetrics.map((metric) => [
      metric.name,
      {
        description: metric.description,
        filter: metricFilter(metric),
        value: metric.value ?? null,
        unit: metric.unit,
        bounds: metric.bounds ?? [],
        labels: metric.labels,
      },
    ]),
  ),
  root_prefix: 'some/root',
  alarms,
  log_alarms: {
    scheduler: {
      severity: 'ERROR',
      title: 'Cloud Scheduler could not publish a request',
      filter:
        'resource.type="cloud_scheduler_job" AND severity>=ERROR AND resource.labels.job_id=("monthly-run-requested" OR "reconcile-requested")',
    },
  },
  services: [
    ...['artifactregistry', 'billingbudgets', 'cloudbuild', 'cloudfunctions'],
    ...['cloudresourcemanager', 'cloudscheduler', 'firestore', 'iam', 'logging', 'monitoring'],
    ...['pubsub', 'run', 'storage'],
  ].map((name) => `${name}.googleapis.com`),
  operator_bindings: Object.fromEntries(
    [
      ...['cloudscheduler.viewer', 'logging.viewer', 'monitoring.viewer', 'pubsub.viewer'],
      ...['run.viewer', 'serviceusage.serviceUsageConsumer'],
    ].map((role) => [
      `operator ${OPERATOR}/roles/${role}`,
      { member: OPERATOR, role: `roles/${role}` },
    ]),
  ),
  builder_roles: {
    'roles/artifactregistry.writer': null,
    'roles/logging.logWriter': null,
    'roles/storage.objectViewer':
      '!resource.name.startsWith("projects/_/buckets/a-bucket/") && resource.name != "projects/_/buckets/a-bucket"',
  },
  lifecycle_rules: [
    { prefix: 'scratch/', state: 'LIVE', days: 30 },
    { prefix: 'scratch/', state: 'ARCHIVED', days: 7 },
    { prefix: 'market-data/', state: 'ARCHIVED', days: 30 },
    { prefix: 'shadow/', state: 'ARCHIVED', days: 30 },
    { prefix: 'current/', state: 'ARCHIVED', days: 365 },
  ],
  compute: {
    ingest: { cpu: '1', memory: '1Gi' },
    rank: { cpu: '2', memory: '2Gi' },
    materialise: { cpu: '1', memory: '1Gi' },
    promote: { cpu: '1', memory: '512Mi' },
    'sync-firestore': { cpu: '1', memory: '512Mi' },
    reconcile: { cpu: '1', memory: '512Mi' },
    shadow: { cpu: '4', memory: '4Gi' },
  },
  timeout_seconds: 540,
  maximum_instances: 3,
};

/** Function by function, what of the deployed function the code depends on. */
export const neededFunctions = byFunction((name) => ({
  name: deployedName(name),
  entry_point: entryPointOf(name),
  account: accountOf(name),
  account_id: `live-pool-${name}`,
  environment: environmentOf(name),
}));

export const neededAlarms: readonly string[] = Object.keys(alarms).sort();
