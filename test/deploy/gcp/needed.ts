import {
  access,
  consumerAccess,
  type FunctionAccess,
  operatorAccess,
} from '../../../shared/access.js';
import { cloudVariables } from '../../../shared/gcp/config.js';
import { logMetrics, metricFilter, RELEASE_AGE_ALARMS } from '../../../shared/log-metrics.js';
import {
  deadLetterTopic,
  delivery,
  everyFunction,
  type FunctionName,
  topicOf,
  topics,
} from '../../../shared/topology.js';

/** A deployment as the tests imagine it. */
export const PROJECT = 'a-project';
export const OPERATOR = 'group:operators@example.com';
export const CONSUMER = 'serviceAccount:trader@example.iam.gserviceaccount.com';
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

const accountOf = (name: FunctionName): string =>
  `live-pool-${name}@${PROJECT}.iam.gserviceaccount.com`;

const environmentOf = (name: FunctionName) => ({
  ...VARIABLES.settings,
  GOOGLE_CLOUD_PROJECT: PROJECT,
  BUCKET: VARIABLES.bucket,
  SOURCE_REVISION: VARIABLES.source_revision,
  ROOT_PREFIX: VARIABLES.root_prefix,
  FIRESTORE_DATABASE: '(default)',
  ACTOR: accountOf(name),
});

const holders: readonly (readonly [string, string, FunctionAccess])[] = [
  ...everyFunction.map(
    (name) => [name, `serviceAccount:${accountOf(name)}`, access[name]] as const,
  ),
  [`operator ${OPERATOR}`, OPERATOR, operatorAccess],
  [`consumer ${CONSUMER}`, CONSUMER, consumerAccess],
];

const forHolders = <A>(
  entriesOf: (
    who: string,
    member: string,
    needs: FunctionAccess,
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
  Object.fromEntries(everyFunction.map((name) => [name, entryOf(name)]));

/**
 * What the code needs of the infrastructure, by the name of the local that must hold it. Nothing of
 * it comes from topology.json: that file is only how Terraform hears of it.
 */
export const neededValues: Readonly<Record<string, unknown>> = {
  topics: [...topics, ...everyFunction.map(deadLetterTopic)].sort(),
  subscriptions: byFunction((name) => ({
    topic: topicOf(name),
    dead_letter: deadLetterTopic(name),
    path: `projects/${PROJECT}/topics/${topicOf(name)}`,
  })),
  dead_letters: Object.fromEntries(everyFunction.map((name) => [deadLetterTopic(name), name])),
  delivery: {
    ack_deadline_seconds: delivery.ackDeadlineSeconds,
    minimum_backoff_seconds: delivery.minimumBackoffSeconds,
    maximum_backoff_seconds: delivery.maximumBackoffSeconds,
    maximum_attempts: delivery.maximumAttempts,
    retention_days: delivery.retentionDays,
    dead_letter_retention_days: delivery.deadLetterRetentionDays,
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
    everyFunction
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
};

/** Function by function, what of the deployed function the code depends on. */
export const neededFunctions = byFunction((name) => ({
  account: accountOf(name),
  account_id: `live-pool-${name}`,
  environment: environmentOf(name),
}));

export const neededAlarms: readonly string[] = [
  'backlog',
  'dead_letters',
  'error_rate',
  'retries',
  'server_errors',
  ...RELEASE_AGE_ALARMS.map((days) => `release_age_${days}`),
].sort();
