import assert from 'node:assert/strict';
import { cloudTopology } from '../../../deploy/gcp/render-topology.js';
import { entryPointOf } from '../../../shared/entry-point.js';
import { cloudVariables } from '../../../shared/gcp/config.js';
import {
  logMetrics,
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
  topology,
} from '../../../shared/topology.js';
import {
  CONSUMER,
  describeWithTerraform,
  evaluate,
  OPERATOR,
  PROJECT,
  VARIABLES,
  type Values,
} from './evaluate-terraform.js';
import { brokenRules, differs, problemsUnder, type Rules } from './rules.js';
import { type Block, changed } from './terraform-module.js';

const DEAD_LETTERS = allFunctions.map(deadLetterTopic);
const deployedName = (name: FunctionName): string => `live-pool-${name}`;
const accountOf = (name: FunctionName): string =>
  `live-pool-${name}@${PROJECT}.iam.gserviceaccount.com`;

const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
  Object.entries(Object(value));
const field = (value: unknown, name: string): unknown => Object(value)[name];
const text = (value: unknown, name: string): string => String(field(value, name));
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];
const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();
const keysOf = (value: unknown): readonly string[] => Object.keys(Object(value)).sort();

const messageRules: Rules<Values> = {
  'every topic of the topology exists, one dead-letter topic for each function, and no other': (
    values,
  ) => differs('topics', values.topics, sorted([...topics, ...DEAD_LETTERS])),
  'every function has one subscription of its name, to its topic and its dead letters': (values) =>
    differs(
      'subscriptions',
      values.subscriptions,
      Object.fromEntries(
        allFunctions.map((name) => [
          name,
          {
            name: deployedName(name),
            topic: topicOf(name),
            dead_letter: deadLetterTopic(name),
            path: `projects/${PROJECT}/topics/${topicOf(name)}`,
          },
        ]),
      ),
    ),
  'every dead-letter topic belongs to its function': ({ dead_letters }) =>
    differs(
      'dead_letters',
      dead_letters,
      Object.fromEntries(allFunctions.map((name) => [deadLetterTopic(name), name])),
    ),
  'messages are delivered as the delivery policy says': ({ delivery }) =>
    Object.entries(deliveryPolicy).flatMap(([name, expected]) => {
      const key = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return differs(`delivery.${key}`, field(delivery, key), expected);
    }),
  'a function ends before its message is delivered again': ({ timeout_seconds, delivery }) =>
    Number(timeout_seconds) < Number(field(delivery, 'ack_deadline_seconds'))
      ? []
      : [`a function may run for ${timeout_seconds} s`],
  'every topic that the scheduler publishes has a job with an empty request': ({ jobs }) => [
    ...differs(
      'jobs',
      keysOf(jobs),
      sorted(topics.filter((name) => topology[name].publisher === 'scheduler')),
    ),
    ...entries(jobs).flatMap(([name, job]) => [
      ...differs(`jobs.${name}.body`, field(job, 'body'), '{}'),
      ...differs(`jobs.${name}.schedule`, field(job, 'schedule'), /^\d+ [\d,]+ (1|\*) \* \*$/),
    ]),
  ],
};

const functionRules: Rules<Values> = {
  'every function has a name, an entry point and an account of its own': ({ functions }) => [
    ...differs('functions', keysOf(functions), sorted(allFunctions)),
    ...allFunctions.flatMap((name) => {
      const found = field(functions, name);
      return [
        ...differs(`${name}.name`, field(found, 'name'), deployedName(name)),
        ...differs(`${name}.entry_point`, field(found, 'entry_point'), entryPointOf(name)),
        ...differs(`${name}.account`, field(found, 'account'), accountOf(name)),
        ...differs(`${name}.account_id`, field(found, 'account_id'), `live-pool-${name}`),
        // Google Cloud rejects any other id.
        ...differs(`${name}.account_id`, field(found, 'account_id'), /^[a-z][a-z0-9-]{5,29}$/),
      ];
    }),
  ],
  'every function gets all variables that the code reads, and no other': ({ functions }) =>
    allFunctions.flatMap((name) => {
      const expected: Readonly<Record<string, string>> = {
        ...VARIABLES.settings,
        // Read by the functions framework.
        NODE_ENV: 'production',
        GOOGLE_CLOUD_PROJECT: PROJECT,
        BUCKET: VARIABLES.bucket,
        SOURCE_REVISION: VARIABLES.source_revision,
        ROOT_PREFIX: VARIABLES.root_prefix,
        FIRESTORE_DATABASE: '(default)',
        ACTOR: accountOf(name),
      };
      return [
        ...differs(`${name}.environment`, field(field(functions, name), 'environment'), expected),
        ...cloudVariables.flatMap((variable) =>
          variable.name in expected ? [] : [`the test expects no ${variable.name}`],
        ),
      ];
    }),
  'every function has processors and memory; rank and shadow, which compute, have more': ({
    compute,
  }) => [
    ...differs('compute', keysOf(compute), sorted(allFunctions)),
    ...entries(compute).flatMap(([name, size]) => [
      ...differs(`${name}.cpu`, field(size, 'cpu'), { rank: '2', shadow: '4' }[name] ?? '1'),
      ...differs(
        `${name}.memory`,
        field(size, 'memory'),
        { rank: '2Gi', shadow: '4Gi' }[name] ?? /^(512Mi|1Gi)$/,
      ),
    ]),
  ],
  'a redelivery finds a free instance, and few run at once': ({ maximum_instances }) =>
    differs('maximum_instances', String(maximum_instances), /^[2-5]$/),
};

const principals: readonly (readonly [string, FunctionPermissions])[] = [
  ...allFunctions.map((name) => [`serviceAccount:${accountOf(name)}`, permissions[name]] as const),
  [OPERATOR, operatorPermissions],
  [CONSUMER, readerPermissions],
];

const OBJECTS = 'projects/_/buckets/a-bucket/objects/some/root/';

/** What a binding on objects grants: its verb on every prefix of its condition, or on all. */
const objectGrants = ([, binding]: readonly [string, unknown]): readonly string[] => {
  const verb = text(binding, 'verb');
  const condition = field(binding, 'condition');
  return (
    condition === null ? ['resource.name.startsWith("all")'] : String(condition).split(' || ')
  )
    .map((one) => one.replace(/^resource\.name\.startsWith\("(.*)"\)$/, '$1'))
    .map((prefix) => `${text(binding, 'member')} ${verb} ${prefix.replace(OBJECTS, '')}`);
};

/** Bindings of members to something: what is granted, and what the declarations say. */
const grantedBy = (bindings: unknown, property: string): readonly string[] =>
  sorted(entries(bindings).map(([, one]) => `${text(one, 'member')} ${text(one, property)}`));
const declared = (granted: (needs: FunctionPermissions) => readonly string[]): readonly string[] =>
  sorted(
    principals.flatMap(([member, needs]) => granted(needs).map((grant) => `${member} ${grant}`)),
  );

const accessRules: Rules<Values> = {
  'no principal may do more or less with objects than its permissions say': (values) =>
    differs(
      'grants on objects',
      sorted(entries(values.object_bindings).flatMap(objectGrants)),
      declared(({ objects }) =>
        Object.entries(objects).flatMap(([prefix, verbs]) =>
          verbs.map((verb) => `${verb} ${verb === 'list' ? 'all' : prefix}`),
        ),
      ),
    ),
  'only listing is granted on the whole bucket': ({ object_bindings }) =>
    entries(object_bindings).flatMap(([key, binding]) =>
      field(binding, 'condition') === null && field(binding, 'verb') !== 'list'
        ? [`${key} is not limited to any prefix`]
        : [],
    ),
  'no principal may replace or delete what is written once': ({ object_bindings, verbs }) =>
    entries(object_bindings).flatMap(([key, binding]) => {
      const rights = JSON.stringify(field(verbs, text(binding, 'verb')));
      const once = /\/(releases|evidence|events|snapshots)\//.test(text(binding, 'condition'));
      return once && /delete|update|setIamPolicy/.test(rights) ? [`${key} permits ${rights}`] : [];
    }),
  'no condition has more than the twelve operators that IAM allows': ({ object_bindings }) =>
    entries(object_bindings)
      .filter(([, binding]) => text(binding, 'condition').split(' || ').length > 13)
      .map(([key]) => key),
  'every binding on objects is titled by its prefixes': ({ object_bindings }) =>
    entries(object_bindings).flatMap(([key, binding]) =>
      text(binding, 'condition') === 'null'
        ? []
        : differs(
            key,
            texts(field(binding, 'prefixes')),
            objectGrants([key, binding]).map((grant) => grant.split(' ').at(-1)),
          ),
    ),
  'no principal may do more or less with documents than its permissions say': (values) =>
    differs(
      'roles on documents',
      grantedBy(values.document_bindings, 'role'),
      declared(({ documents }) =>
        documents === 'none' ? [] : [`roles/datastore.${documents === 'read' ? 'viewer' : 'user'}`],
      ),
    ),
  'no principal may publish more or less than its permissions say': (values) =>
    differs(
      'publishers',
      grantedBy(values.publisher_bindings, 'topic'),
      declared(({ publishes }) => publishes),
    ),
  'readers may subscribe to what is published for them': (values) =>
    differs(
      'subscribers',
      grantedBy(values.subscriber_bindings, 'topic'),
      readerPermissions.subscribes.map((topic) => `${CONSUMER} ${topic}`),
    ),
  'operators may pull every dead letter': (values) =>
    differs(
      'pullers',
      grantedBy(values.dead_letter_bindings, 'dead_letter'),
      sorted(DEAD_LETTERS.map((name) => `${OPERATOR} ${name}`)),
    ),
  'operators may view the deployment and change nothing': ({ operator_bindings }) => {
    const granted = grantedBy(operator_bindings, 'role');
    const viewed = ['cloudscheduler', 'logging', 'monitoring', 'pubsub', 'run'];
    return differs('roles', granted, [
      ...viewed.map((service) => `${OPERATOR} roles/${service}.viewer`),
      `${OPERATOR} roles/serviceusage.serviceUsageConsumer`,
    ]);
  },
  'builds may store images, write logs and read archives, not data': ({ builder_roles }) =>
    differs('builder_roles', builder_roles, {
      'roles/artifactregistry.writer': null,
      'roles/logging.logWriter': null,
      'roles/storage.objectViewer':
        '!resource.name.startsWith("projects/_/buckets/a-bucket/") && resource.name != "projects/_/buckets/a-bucket"',
    }),
  'no live object expires but intermediate ones, no version of what is written once': ({
    lifecycle_rules,
  }) =>
    Array.isArray(lifecycle_rules) && lifecycle_rules.length > 0
      ? lifecycle_rules.flatMap((rule) =>
          differs(
            'a lifecycle rule',
            `${text(rule, 'prefix')} ${text(rule, 'state')} ${text(rule, 'days')}`,
            /^(scratch\/ (LIVE 30|ARCHIVED 7)|(market-data|shadow)\/ ARCHIVED 30|current\/ ARCHIVED 365)$/,
          ),
        )
      : ['nothing expires'],
};

/** How severe each alarm is, and above which value it fires. */
const ALARMS: Readonly<Record<string, readonly [string, number]>> = {
  dead_letters: ['CRITICAL', 0],
  backlog: ['ERROR', 5400],
  error_rate: ['ERROR', 3],
  server_errors: ['ERROR', 3],
  retries: ['WARNING', 2],
  ...Object.fromEntries(
    RELEASE_AGE_ALARMS.map((days, index) => [
      `release_age_${days}`,
      [['WARNING', 'ERROR', 'CRITICAL'][index] ?? '', releaseAgeThreshold(days)] as const,
    ]),
  ),
};

/** Google's own metrics: the type of resource, the label of a time series, and our names there. */
const GOOGLE_METRICS: Readonly<Record<string, readonly [string, string, readonly string[]]>> = {
  'pubsub.googleapis.com/subscription/num_undelivered_messages': [
    'pubsub_subscription',
    'subscription_id',
    DEAD_LETTERS,
  ],
  'pubsub.googleapis.com/subscription/oldest_unacked_message_age': [
    'pubsub_subscription',
    'subscription_id',
    allFunctions.map(deployedName),
  ],
  'run.googleapis.com/request_count': [
    'cloud_run_revision',
    'service_name',
    allFunctions.map(deployedName),
  ],
};
const OURS = 'logging.googleapis.com/user/live_pool/';
const MEASURES: Readonly<Record<string, string>> = {
  dead_letters: 'pubsub.googleapis.com/subscription/num_undelivered_messages',
  backlog: 'pubsub.googleapis.com/subscription/oldest_unacked_message_age',
  error_rate: `${OURS}failures`,
  server_errors: 'run.googleapis.com/request_count',
  retries: `${OURS}delivered_again`,
  ...Object.fromEntries(
    RELEASE_AGE_ALARMS.map((days) => [`release_age_${days}`, `${OURS}release_age_days`]),
  ),
};

const filterOf = (metric: string): string => {
  const [type, label, names = []] = GOOGLE_METRICS[metric] ?? ['cloud_run_revision'];
  const failed = metric.startsWith('run.') ? ' AND metric.labels.response_code_class="5xx"' : '';
  const list = [...names].sort().map((name) => JSON.stringify(name));
  const ours = list.length === 0 ? '' : ` AND resource.labels.${label}=one_of(${list.join(',')})`;
  return `resource.type="${type}" AND metric.type="${metric}"${failed}${ours}`;
};

const groupsOf = (metric: string): readonly string[] => {
  const [, label] = GOOGLE_METRICS[metric] ?? [];
  if (label !== undefined) return [`resource.label.${label}`];
  const own = logMetrics.find(({ name }) => `${OURS}${name}` === metric);
  // The age is one number for all stages; failures are told apart by their stage.
  return own?.value === undefined && own?.labels.includes('stage') ? ['metric.label.stage'] : [];
};

const isCount = (metric: string): boolean => /request_count|failures|delivered_again/.test(metric);

const alarmRules: Rules<Values> = {
  'every metric of the table exists, and no other': ({ metrics }) =>
    differs('metrics', metrics, cloudTopology().metrics),
  'every alarm has its severity and its threshold': ({ alarms }) =>
    differs(
      'alarms',
      Object.fromEntries(
        entries(alarms).map(([name, alarm]) => [
          name,
          [field(alarm, 'severity'), field(alarm, 'above')],
        ]),
      ),
      ALARMS,
    ),
  'every alarm measures an existing metric, of our resources only': ({ alarms, metrics }) =>
    entries(alarms).flatMap(([name, alarm]) => {
      const metric = MEASURES[name] ?? '';
      const exists = metric in GOOGLE_METRICS || metric.replace(OURS, '') in Object(metrics);
      return [
        ...(exists ? [] : [`${name} measures ${metric}, which does not exist`]),
        ...differs(`${name}.filter`, field(alarm, 'filter'), filterOf(metric)),
        ...differs(`${name}.group_by`, field(alarm, 'group_by'), groupsOf(metric)),
      ];
    }),
  'an alarm on a count closes when nothing is counted; an alarm on a level stays open': ({
    alarms,
  }) =>
    entries(alarms).flatMap(([name, alarm]) => {
      const metric = MEASURES[name] ?? '';
      const aged = metric.endsWith('release_age_days');
      const level = [aged ? 'ALIGN_PERCENTILE_99' : 'ALIGN_MAX', 'REDUCE_MAX', '604800s'];
      return differs(
        name,
        ['aligner', 'reducer', 'closes'].map((one) => field(alarm, one)),
        isCount(metric) ? ['ALIGN_DELTA', 'REDUCE_SUM', '3600s'] : level,
      );
    }),
  'a count is taken per hour, and an age includes the measurement of the next morning': ({
    alarms,
  }) =>
    entries(alarms).flatMap(([name, alarm]) => {
      const metric = MEASURES[name] ?? '';
      const level = metric.startsWith(OURS) ? '90000s' : '300s';
      return differs(`${name}.period`, field(alarm, 'period'), isCount(metric) ? '3600s' : level);
    }),
  'every alarm has a title of its own': ({ alarms }) => {
    const titles = entries(alarms).map(([, alarm]) => text(alarm, 'title'));
    return titles.every((title) => title.length > 10) && new Set(titles).size === titles.length
      ? []
      : titles;
  },
  // A percentile is exact only at a bound of a bucket.
  'every threshold of the release age is a bound of a bucket': () =>
    RELEASE_AGE_ALARMS.filter(
      (days) => !logMetrics.some(({ bounds = [] }) => bounds.includes(releaseAgeThreshold(days))),
    ).map((days) => `${days} days`),
  'a failed job of any schedule raises an alarm': ({ log_alarms, jobs }) =>
    differs(
      'scheduler',
      field(field(log_alarms, 'scheduler'), 'filter'),
      [
        'resource.type="cloud_scheduler_job" AND severity>=ERROR AND resource.labels.job_id=(',
        keysOf(jobs)
          .map((name) => JSON.stringify(name))
          .join(' OR '),
        ')',
      ].join(''),
    ),
};

const rules: Rules<Values> = {
  ...messageRules,
  ...functionRules,
  ...accessRules,
  ...alarmRules,
  'the root prefix is the one of the deployment': ({ root_prefix }) =>
    differs('root_prefix', root_prefix, VARIABLES.root_prefix),
};

const NAMES = [
  ...['topics', 'subscriptions', 'dead_letters', 'delivery', 'jobs', 'functions', 'compute'],
  ...['timeout_seconds', 'maximum_instances', 'object_bindings', 'verbs', 'document_bindings'],
  ...['publisher_bindings', 'subscriber_bindings', 'dead_letter_bindings', 'operator_bindings'],
  ...['builder_roles', 'lifecycle_rules', 'metrics', 'alarms', 'log_alarms', 'root_prefix'],
];

/** A mistake in what Terraform computes: the rule that it breaks, the path and the value. */
const MISTAKES: readonly (readonly [string, readonly string[], unknown?])[] = [
  ['every function has one subscription', ['subscriptions', 'shadow']],
  ['every function has one subscription', ['subscriptions', 'more'], {}],
  ['every function has one subscription', ['subscriptions', 'rank', 'topic'], 'pool-ranked'],
  ['every topic of the topology', ['topics'], ['pool-ranked']],
  ['every dead-letter topic', ['dead_letters', 'rank-dead-letter']],
  ['messages are delivered', ['delivery', 'maximum_attempts'], 50],
  ['no principal may do more or less with objects', ['object_bindings', 'promote/replace']],
  ['only listing is granted', ['object_bindings', 'rank/create', 'condition'], null],
  [
    'no principal may replace or delete',
    ['object_bindings', 'promote/replace', 'condition'],
    `resource.name.startsWith("${OBJECTS}releases/")`,
  ],
  ['no principal may replace or delete', ['verbs', 'create'], ['storage.objects.delete']],
  ['every binding on objects is titled', ['object_bindings', 'rank/create', 'prefixes'], []],
  ['no condition has more', ['object_bindings', 'rank/create', 'condition'], ' || '.repeat(13)],
  ['no principal may do more or less with documents', ['document_bindings', 'rank'], {}],
  [
    'no principal may do more or less with documents',
    ['document_bindings', 'reconcile', 'role'],
    'roles/owner',
  ],
  ['no principal may publish', ['publisher_bindings', 'ingest/market-data-ingested']],
  ['no principal may publish', ['publisher_bindings', 'shadow/pool-ranked'], {}],
  ['readers may subscribe', ['subscriber_bindings'], {}],
  ['operators may pull', ['dead_letter_bindings'], {}],
  ['every function gets all variables', ['functions', 'rank', 'environment', 'BUCKET']],
  ['every function gets all variables', ['functions', 'rank', 'environment', 'MORE'], 'x'],
  ['every function gets all variables', ['functions', 'rank', 'environment', 'NODE_ENV'], 'x'],
  ['every function has a name', ['functions', 'rank', 'name'], 'rank'],
  ['every function has a name', ['functions', 'shadow', 'account_id'], 'x'],
  ['every topic that the scheduler', ['jobs', 'monthly-run-requested', 'schedule'], '0 0 2 * *'],
  ['every topic that the scheduler', ['jobs', 'reconcile-requested']],
  ['every metric of the table', ['metrics', 'published']],
  ['every alarm measures an existing metric', ['metrics', 'failures']],
  ['every alarm has its severity', ['alarms', 'release_age_40']],
  ['every alarm has its severity', ['alarms', 'release_age_44', 'above'], 50],
  ['every alarm has its severity', ['alarms', 'more'], {}],
  ['every alarm has its severity', ['alarms', 'error_rate', 'above'], 3000],
  ['every alarm measures', ['alarms', 'dead_letters', 'filter'], 'x'],
  ['every alarm measures', ['alarms', 'retries', 'group_by'], []],
  ['an alarm on a count closes', ['alarms', 'retries', 'closes'], '604800s'],
  ['a count is taken', ['alarms', 'release_age_33', 'period'], '60s'],
  ['every alarm has a title', ['alarms', 'backlog', 'title'], ''],
  ['a failed job', ['log_alarms', 'scheduler']],
  [
    'operators may view',
    ['operator_bindings', `operator ${OPERATOR}/roles/run.viewer`, 'role'],
    'roles/owner',
  ],
  ['builds may store', ['builder_roles', 'roles/logging.logWriter']],
  ['every function has processors', ['compute', 'rank', 'memory'], '128Mi'],
  ['every function has processors', ['compute', 'shadow']],
  ['a redelivery finds', ['maximum_instances'], 1000],
  ['no live object expires', ['lifecycle_rules'], [{ prefix: 'releases/' }]],
  ['a function ends before', ['timeout_seconds'], 600],
  ['the root prefix', ['root_prefix'], ''],
];

describeWithTerraform('What Terraform computes from the declarations', () => {
  let values: Values;

  before(async () => {
    values = await evaluate(NAMES, VARIABLES);
  });

  for (const title of Object.keys(rules))
    it(title, () => {
      assert.deepEqual(rules[title]?.(values), []);
    });

  for (const [rule, path, value] of MISTAKES)
    it(`reports a mistake in ${path.join('.')}: ${rule}`, () => {
      const copy = JSON.parse(JSON.stringify(values));
      const broken = brokenRules(rules, changed(copy, path, value as Block | undefined));
      assert.ok(
        broken.some((title) => title.startsWith(rule)),
        `broken: ${broken.join(', ')}`,
      );
    });

  it('reports a mistake in topology.json or locals.tf', async () => {
    const edits: readonly (readonly [string, string, string | RegExp, string])[] = [
      [
        'every topic of the topology',
        'topology.json',
        '"reconcile-requested"\n  ],',
        '"reconcile-x"\n  ],',
      ],
      ['every binding on objects is titled', 'locals.tf', 'if contains(verbs, verb)', 'if true'],
      ['every function gets all', 'locals.tf', /\n +SOURCE_REVISION .*/, ''],
      ['every alarm has its', 'locals.tf', / {6}retries = \{[\s\S]*?\n {6}\}\n/, ''],
    ];
    await Promise.all(
      edits.map(async ([rule, edited, from, to]) => {
        const made = await evaluate(NAMES, VARIABLES, (file, content) => {
          if (file !== edited) return content;
          assert.notEqual(content.replace(from, to), content, `${file} has no ${from}`);
          return content.replace(from, to);
        });
        const problems = problemsUnder(rules, made);
        assert.ok(
          problems.some((problem) => problem.startsWith(rule)),
          problems.join('\n'),
        );
      }),
    );
  });
});
