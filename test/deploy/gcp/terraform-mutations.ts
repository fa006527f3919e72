import { type Block, changed, isBlock, type Tree } from './terraform-module.js';

/** The module with a resource's attribute changed, or taken away. */
export const withResource = (
  module: Block,
  type: string,
  name: string,
  path: readonly string[],
  to?: Tree,
): Block => changed(module, ['resource', type, name, ...path], to);

/** The module with one local made of something else. */
const withLocal = (module: Block, name: string, from: string | RegExp, to: string): Block => {
  const blocks = Array.isArray(module.locals) ? module.locals : [];
  return {
    ...module,
    locals: blocks.map((block: Tree) =>
      isBlock(block) && name in block
        ? { ...block, [name]: String(block[name]).replace(from, to) }
        : block,
    ),
  };
};

/** What goes wrong when the module is edited in haste, and what the checks must say of it. */
export const mutations: readonly (readonly [string, (module: Block) => Block, RegExp])[] = [
  ...(
    [
      ['a subscription drops messages', 'google_pubsub_subscription', 'push', 'filter', 'false'],
      ['a job is paused', 'google_cloud_scheduler_job', 'job', 'paused', true],
      ['an alarm is off', 'google_monitoring_alert_policy', 'alarm', 'enabled', false],
      [
        'nothing is replaced',
        'google_storage_bucket',
        'data',
        'retention_policy',
        [{ retention_period: 1 }],
      ],
      [
        'a metric counts nothing',
        'google_logging_metric',
        'metric',
        'value_extractor',
        'EXTRACT(x)',
      ],
    ] as const
  ).map(
    ([title, type, name, attribute, value]) =>
      [
        title,
        (module: Block) => withResource(module, type, name, [attribute], value),
        new RegExp(`${name}: ${attribute}`),
      ] as const,
  ),
  [
    'drift is to be ignored',
    (module) =>
      withResource(
        module,
        'google_pubsub_subscription',
        'push',
        ['lifecycle'],
        [{ ignore_changes: 'all' }],
      ),
    /push: lifecycle\.ignore_changes is more than is needed/,
  ],
  [
    'an alarm waits for a day',
    (module) =>
      changed(
        module,
        [
          ...['resource', 'google_monitoring_alert_policy', 'alarm', 'conditions'],
          ...['condition_threshold', 'duration'],
        ],
        '86400s',
      ),
    /alarm: conditions\.condition_threshold\.duration is "86400s"/,
  ],
  [
    'a resource is removed',
    (module) =>
      changed(module, ['resource', 'google_pubsub_topic_iam_member', 'pubsub_dead_letters']),
    /pubsub_dead_letters is missing/,
  ],
  [
    'the subscriptions iterate over something else',
    (module) =>
      withResource(module, 'google_pubsub_subscription', 'push', ['for_each'], 'local.jobs'),
    /push: for_each is local\.jobs/,
  ],
  [
    'the dead-letter policy is lost',
    (module) => withResource(module, 'google_pubsub_subscription', 'push', ['dead_letter_policy']),
    /push: dead_letter_policy\.max_delivery_attempts/,
  ],
  [
    'a subscription may expire',
    (module) =>
      withResource(module, 'google_pubsub_subscription', 'dead_letter', ['expiration_policy']),
    /expiration_policy\.ttl is undefined/,
  ],
  [
    'the functions may be called without authentication',
    (module) =>
      withResource(
        module,
        'google_cloud_run_v2_service_iam_member',
        'push',
        ['member'],
        'allUsers',
      ),
    /push: member is "allUsers"/,
  ],
  [
    'the environment is lost',
    (module) =>
      withResource(module, 'google_cloudfunctions2_function', 'function', [
        'service_config',
        'environment_variables',
      ]),
    /environment_variables is undefined/,
  ],
  [
    'a role grows',
    (module) =>
      withResource(
        module,
        'google_project_iam_member',
        'documents',
        ['role'],
        'roles/datastore.owner',
      ),
    /documents: role is "roles\/datastore\.owner"/,
  ],
  [
    'a condition is dropped',
    (module) => withResource(module, 'google_storage_bucket_iam_member', 'objects', ['dynamic']),
    /dynamic\.condition\.content\.expression is undefined/,
  ],
  [
    'an alarm notifies no channel',
    (module) =>
      withResource(module, 'google_monitoring_alert_policy', 'alarm', ['notification_channels']),
    /alarm: notification_channels is undefined/,
  ],
  [
    'editors of the project may overwrite releases',
    (module) =>
      withResource(
        module,
        'google_storage_bucket_iam_binding',
        'owners',
        ['members'],
        ['projectOwner:x', 'projectEditor:x'],
      ),
    /owners: members is .*projectEditor/,
  ],
  [
    'the clock is another',
    (module) =>
      withResource(module, 'google_cloud_scheduler_job', 'job', ['time_zone'], 'Europe/Berlin'),
    /time_zone is "Europe\/Berlin"/,
  ],
  [
    'the budget is dropped',
    (module) => changed(module, ['resource', 'google_billing_budget']),
    /google_billing_budget\.this is missing/,
  ],
  [
    'there is one resource more',
    (module) => changed(module, ['resource', 'google_pubsub_topic', 'more'], [{ name: 'x' }]),
    /google_pubsub_topic\.more is more than is needed/,
  ],
  [
    'topics differ from the topics of the code',
    (module) => withLocal(module, 'topics', 'local.topology.topics', '["pool-ranked"]'),
    /^topics lacks local\.topology\.topics/m,
  ],
  [
    'dead letters go elsewhere',
    (module) => withLocal(module, 'subscriptions', 'function.dead_letter', 'function.topic'),
    /^subscriptions lacks = function\.dead_letter/m,
  ],
  [
    'a variable is forgotten',
    (module) => withLocal(module, 'environment', /SOURCE_REVISION.*/, ''),
    /^environment lacks SOURCE_REVISION/m,
  ],
  [
    'every function may write documents',
    (module) => withLocal(module, 'grants', 'local.topology.functions[name].documents', '"write"'),
    /^grants lacks local\.topology\.functions\[name\]\.documents/m,
  ],
  [
    'every verb is given everywhere',
    (module) => withLocal(module, 'object_bindings', / if contains\(verbs, verb\)/g, ''),
    /^object_bindings lacks if contains/m,
  ],
  [
    'an alarm is dropped',
    (module) => withLocal(module, 'alarms', 'dead_letters = {', 'others = {'),
    /^alarms lacks dead_letters/m,
  ],
];
