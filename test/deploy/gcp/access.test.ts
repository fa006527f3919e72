import {
  describeRules,
  differs,
  each,
  every,
  FUNCTION,
  local,
  type Rules,
  topic,
} from './rules.js';
import type { Block } from './terraform-module.js';
import { localsOf, resourcesOf } from './terraform-module.js';

const agent = (name: string): string =>
  `serviceAccount:service-\${data.google_project.this.number}@gcp-sa-${name}.iam.gserviceaccount.com`;

const PUSH_ACCOUNT = `\${google_service_account.push.member}`;
const BUILD_ACCOUNT = `\${google_service_account.build.member}`;

/** What each map of bindings grants, and on what. Its members are computed from the permissions. */
const GRANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  object_bindings: {
    role: `\${google_project_iam_custom_role.objects[each.value.verb].id}`,
    bucket: `\${google_storage_bucket.data.name}`,
  },
  document_bindings: { role: each('role') },
  operator_bindings: { role: each('role') },
  publisher_bindings: { role: 'roles/pubsub.publisher', topic: topic('value.topic', 'name') },
  subscriber_bindings: { role: 'roles/pubsub.subscriber', topic: topic('value.topic', 'name') },
  dead_letter_bindings: {
    role: 'roles/pubsub.subscriber',
    subscription: `\${google_pubsub_subscription.dead_letter[each.value.dead_letter].name}`,
  },
};

/** The accounts that act without a declared permission, and the only role that each one gets. */
const ROLES_OF_ACCOUNTS: Readonly<Record<string, string>> = {
  [PUSH_ACCOUNT]: 'roles/run.invoker',
  [BUILD_ACCOUNT]: `\${each.key}`,
};
const ROLES_OF_AGENTS: Readonly<Record<string, readonly string[]>> = {
  [agent('pubsub')]: [
    'roles/iam.serviceAccountOpenIdTokenCreator',
    'roles/pubsub.publisher',
    'roles/pubsub.subscriber',
  ],
  [agent('cloudscheduler')]: ['roles/pubsub.publisher'],
};

const grantsIn = (module: Block): readonly (readonly [string, Block])[] =>
  [...resourcesOf(module)].filter(([name]) => /_iam_(member|binding|policy)\./.test(name));

const localOf = (block: Block): string =>
  String(block.for_each).replace(/^\$\{local\.(\w+)\}$/, '$1');

/** Which principal gets which role on which resource. */
const accessRules: Rules<Block> = {
  'every grant has a member that is declared, ours or a service agent': (module) =>
    grantsIn(module)
      .filter(([name]) => !name.startsWith('google_storage_bucket_iam_binding.'))
      .flatMap(([name, { member, for_each }]) => {
        const known = String(member) in { ...ROLES_OF_ACCOUNTS, ...ROLES_OF_AGENTS };
        const declared =
          member === each('member') && localOf({ for_each: for_each ?? '' }) in GRANTS;
        return known || declared ? [] : [`${name} has the member ${member}`];
      }),
  'no grant gives a role that is not declared for its member': (module) =>
    grantsIn(module).flatMap(([name, { member, role, for_each }]) => {
      const expected = GRANTS[localOf({ for_each: for_each ?? '' })]?.role;
      const roles =
        member === each('member') && expected !== undefined
          ? [expected]
          : (ROLES_OF_AGENTS[String(member)] ?? [ROLES_OF_ACCOUNTS[String(member)]]);
      return member === undefined || roles.includes(String(role)) ? [] : [`${name} gives ${role}`];
    }),
  'every map of bindings is granted on the resource that it names': (module) =>
    Object.entries(GRANTS).flatMap(([local, { role: _, ...subject }]) => {
      const found = grantsIn(module).filter(([, block]) => localOf(block) === local);
      return [
        ...differs(`the number of grants of local.${local}`, found.length, 1),
        ...found.flatMap(([name, block]) =>
          Object.entries(subject).flatMap(([key, expected]) =>
            differs(`${name}.${key}`, block[key], expected),
          ),
        ),
      ];
    }),
  'every verb has its own role': every(/^google_project_iam_custom_role\./, {
    for_each: local('verbs'),
    role_id: `livePoolObjects_\${each.key}`,
    permissions: `\${each.value}`,
  }),
  'no verb but replace permits deleting, and each permits no more than its name says': (module) =>
    differs('verbs', localsOf(module).verbs, {
      create: ['storage.objects.create'],
      list: ['storage.objects.list'],
      read: ['storage.objects.get'],
      replace: ['storage.objects.create', 'storage.objects.delete'],
    }),
  'reading documents gives no role that writes them': (module) =>
    differs('document_roles', localsOf(module).document_roles, {
      read: 'roles/datastore.viewer',
      write: 'roles/datastore.user',
    }),
  'every grant on objects is limited to its prefixes': every(
    /^google_storage_bucket_iam_member\./,
    {
      'dynamic.condition.for_each': `\${each.value.condition == null ? [] : [each.value.condition]}`,
      'dynamic.condition.content.expression': `\${condition.value}`,
    },
  ),
  'every grant on documents is limited to the database': every(
    /^google_project_iam_member\.documents/,
    { 'condition.expression': `resource.name == "\${local.database}"` },
  ),
  'no editor of the project may change the data': every(/^google_storage_bucket_iam_binding\./, {
    for_each: `\${toset(["roles/storage.legacyBucketOwner", "roles/storage.legacyObjectOwner"])}`,
    bucket: `\${google_storage_bucket.data.name}`,
    role: `\${each.value}`,
    members: [`projectOwner:\${var.project}`],
  }),
  'only the push account may call a function, every one of them': every(
    /^google_cloud_run_v2_service_iam_member\./,
    {
      for_each: local('functions'),
      name: `\${${FUNCTION}.name}`,
      location: `\${var.region}`,
      member: PUSH_ACCOUNT,
    },
  ),
  'Pub/Sub may sign as the push account': every(/^google_service_account_iam_member\./, {
    service_account_id: `\${google_service_account.push.name}`,
    member: agent('pubsub'),
  }),
  'Pub/Sub may take a message from every push subscription to dead-letter it': every(
    /^google_pubsub_subscription_iam_member\.pubsub_/,
    {
      for_each: local('subscriptions'),
      subscription: `\${google_pubsub_subscription.push[each.key].name}`,
      member: agent('pubsub'),
    },
  ),
  'Pub/Sub may publish to every dead-letter topic': every(
    /^google_pubsub_topic_iam_member\.pubsub_/,
    { for_each: local('dead_letters'), topic: topic('key', 'name'), member: agent('pubsub') },
  ),
  'Cloud Scheduler may publish to every scheduled topic': every(
    /^google_pubsub_topic_iam_member\.scheduler/,
    { for_each: local('jobs'), topic: topic('key', 'name'), member: agent('cloudscheduler') },
  ),
  'builds have no access to the data': every(/^google_project_iam_member\.build/, {
    for_each: local('builder_roles'),
    member: BUILD_ACCOUNT,
    'dynamic.condition.for_each': `\${each.value == null ? [] : [each.value]}`,
    'dynamic.condition.content.expression': `\${condition.value}`,
  }),
};

describeRules('access', accessRules, [
  [
    'no grant gives a role that is not declared for its member',
    'google_project_iam_member.documents.role',
    'roles/datastore.owner',
  ],
  [
    'no grant gives a role that is not declared for its member',
    'google_pubsub_topic_iam_member.scheduler.role',
    'roles/pubsub.admin',
  ],
  [
    'every map of bindings is granted on the resource that it names',
    'google_storage_bucket_iam_member.objects.bucket',
    `\${google_storage_bucket.source.name}`,
  ],
  [
    'every verb has its own role',
    'google_project_iam_custom_role.objects.permissions',
    ['storage.objects.delete'],
  ],
  [
    'every grant on objects is limited to its prefixes',
    'google_storage_bucket_iam_member.objects.dynamic',
  ],
  [
    'every grant on documents is limited to the database',
    'google_project_iam_member.documents.condition',
  ],
  [
    'no editor of the project may change the data',
    'google_storage_bucket_iam_binding.owners.members',
    ['projectOwner:x', 'projectEditor:x'],
  ],
  [
    'Pub/Sub may publish to every dead-letter topic',
    'google_pubsub_topic_iam_member.pubsub_dead_letters',
  ],
  ['builds have no access to the data', 'google_project_iam_member.build.dynamic'],
  [
    'every grant has a member that is declared, ours or a service agent',
    'google_pubsub_topic_iam_member.publisher.member',
    'allAuthenticatedUsers',
  ],
]);
