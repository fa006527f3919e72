/** How a resource is repeated, and what its attributes must say; paths go into nested blocks. */
export interface Expected {
  readonly for_each?: string;
  readonly count?: string;
  readonly says?: Readonly<Record<string, unknown>>;
}

const AGENT = `serviceAccount:service-\${data.google_project.this.number}@gcp-sa`;
/** The interface must be in force. */
export const ENABLED = { depends_on: [`\${time_sleep.services}`] };
const AFTER_AGENTS = { depends_on: [`\${time_sleep.agents}`] };
const AFTER_ACCOUNTS = { depends_on: [`\${google_service_account.function}`] };
const MEMBER = { member: `\${each.value.member}` };
const topic = (key: string): string => `\${google_pubsub_topic.topic[${key}].name}`;

/** Who may do what: accounts, roles and bindings. */
export const expectedAccess: Readonly<Record<string, Expected>> = {
  'google_service_account.function': {
    for_each: 'local.functions',
    says: { ...ENABLED, account_id: `\${each.value.account_id}` },
  },
  'google_service_account.push': { says: { ...ENABLED, account_id: 'live-pool-push' } },
  'google_service_account.build': { says: { ...ENABLED, account_id: 'live-pool-build' } },
  'google_project_iam_custom_role.objects': {
    for_each: 'local.verbs',
    says: { ...ENABLED, role_id: `livePoolObjects_\${each.key}`, permissions: `\${each.value}` },
  },
  'google_storage_bucket_iam_member.objects': {
    for_each: 'local.object_bindings',
    says: {
      ...MEMBER,
      ...AFTER_ACCOUNTS,
      bucket: `\${google_storage_bucket.data.name}`,
      role: `\${google_project_iam_custom_role.objects[each.value.verb].id}`,
      'dynamic.condition.for_each': `\${each.value.condition == null ? [] : [each.value.condition]}`,
      'dynamic.condition.content.expression': `\${condition.value}`,
    },
  },
  'google_storage_bucket_iam_binding.owners': {
    for_each: 'toset(["roles/storage.legacyBucketOwner", "roles/storage.legacyObjectOwner"])',
    says: {
      bucket: `\${google_storage_bucket.data.name}`,
      role: `\${each.value}`,
      members: [`projectOwner:\${var.project}`],
    },
  },
  'google_project_iam_member.documents': {
    for_each: 'local.document_bindings',
    says: {
      ...MEMBER,
      ...AFTER_ACCOUNTS,
      role: `\${each.value.role}`,
      'condition.expression': `resource.name == "\${local.database}"`,
    },
  },
  'google_pubsub_topic_iam_member.publisher': {
    for_each: 'local.publisher_bindings',
    says: {
      ...MEMBER,
      ...AFTER_ACCOUNTS,
      topic: topic('each.value.topic'),
      role: 'roles/pubsub.publisher',
    },
  },
  'google_pubsub_topic_iam_member.subscriber': {
    for_each: 'local.subscriber_bindings',
    says: { ...MEMBER, topic: topic('each.value.topic'), role: 'roles/pubsub.subscriber' },
  },
  'google_pubsub_subscription_iam_member.dead_letter_reader': {
    for_each: 'local.dead_letter_bindings',
    says: {
      ...MEMBER,
      subscription: `\${google_pubsub_subscription.dead_letter[each.value.dead_letter].name}`,
      role: 'roles/pubsub.subscriber',
    },
  },
  'google_project_iam_member.operator': {
    for_each: 'local.operator_bindings',
    says: { ...MEMBER, role: `\${each.value.role}` },
  },
  'google_cloud_run_v2_service_iam_member.push': {
    for_each: 'local.functions',
    says: {
      name: `\${google_cloudfunctions2_function.function[each.key].name}`,
      location: `\${var.region}`,
      role: 'roles/run.invoker',
      member: `\${google_service_account.push.member}`,
    },
  },
  'google_service_account_iam_member.pubsub_signs': {
    says: {
      service_account_id: `\${google_service_account.push.name}`,
      role: 'roles/iam.serviceAccountOpenIdTokenCreator',
      ...AFTER_AGENTS,
      member: `${AGENT}-pubsub.iam.gserviceaccount.com`,
    },
  },
  'google_pubsub_subscription_iam_member.pubsub_takes': {
    for_each: 'local.subscriptions',
    says: {
      ...AFTER_AGENTS,
      subscription: `\${google_pubsub_subscription.push[each.key].name}`,
      role: 'roles/pubsub.subscriber',
      member: `${AGENT}-pubsub.iam.gserviceaccount.com`,
    },
  },
  'google_pubsub_topic_iam_member.pubsub_dead_letters': {
    for_each: 'local.dead_letters',
    says: {
      ...AFTER_AGENTS,
      topic: topic('each.key'),
      role: 'roles/pubsub.publisher',
      member: `${AGENT}-pubsub.iam.gserviceaccount.com`,
    },
  },
  'google_pubsub_topic_iam_member.scheduler': {
    for_each: 'local.jobs',
    says: {
      topic: topic('each.key'),
      role: 'roles/pubsub.publisher',
      member: `${AGENT}-cloudscheduler.iam.gserviceaccount.com`,
      ...AFTER_AGENTS,
    },
  },
  'google_project_iam_member.build': {
    for_each: 'local.builder_roles',
    says: {
      role: `\${each.key}`,
      member: `\${google_service_account.build.member}`,
      'dynamic.condition.for_each': `\${each.value == null ? [] : [each.value]}`,
      'dynamic.condition.content.expression': `\${condition.value}`,
    },
  },
};
