import { ENABLED, type Expected, expectedAccess } from './expected-access.js';
import { expectedWaits } from './expected-waits.js';

const BUCKETS = 'dynamic.bucket_options.content.dynamic';
const FUNCTION = 'google_cloudfunctions2_function.function[each.key]';

/** Every resource of the module: more than these is as wrong as fewer. */
export const expectedResources: Readonly<Record<string, Expected>> = {
  ...expectedAccess,
  ...expectedWaits,
  'google_project_service.service': {
    for_each: 'toset(local.services)',
    says: { service: `\${each.value}`, disable_on_destroy: false },
  },
  'google_storage_bucket.data': {
    says: {
      ...ENABLED,
      name: `\${var.bucket}`,
      location: `\${var.bucket_location}`,
      uniform_bucket_level_access: true,
      public_access_prevention: 'enforced',
      force_destroy: false,
      'versioning.enabled': true,
      'soft_delete_policy.retention_duration_seconds': `\${30 * 86400}`,
      'lifecycle.prevent_destroy': true,
      'dynamic.lifecycle_rule.for_each': `\${local.lifecycle_rules}`,
      'dynamic.lifecycle_rule.content.action.type': 'Delete',
      'dynamic.lifecycle_rule.content.condition.matches_prefix': [
        `\${local.root_prefix}/\${lifecycle_rule.value.prefix}`,
      ],
      'dynamic.lifecycle_rule.content.condition.with_state': `\${lifecycle_rule.value.state}`,
      'dynamic.lifecycle_rule.content.condition.age': `\${lifecycle_rule.value.state == "LIVE" ? lifecycle_rule.value.days : null}`,
      'dynamic.lifecycle_rule.content.condition.days_since_noncurrent_time': `\${lifecycle_rule.value.state == "ARCHIVED" ? lifecycle_rule.value.days : null}`,
    },
  },
  'google_storage_bucket.source': {
    says: {
      ...ENABLED,
      name: `\${var.bucket}-source`,
      location: `\${var.bucket_location}`,
      public_access_prevention: 'enforced',
      uniform_bucket_level_access: true,
    },
  },
  'google_storage_bucket_object.source': {
    says: {
      name: `live-pool-functions-\${filesha256(var.source_archive)}.zip`,
      source: `\${var.source_archive}`,
      bucket: `\${google_storage_bucket.source.name}`,
    },
  },
  'google_firestore_database.this': {
    says: {
      ...ENABLED,
      name: `\${var.firestore_database}`,
      location_id: `\${var.firestore_location}`,
      deletion_policy: 'ABANDON',
      type: 'FIRESTORE_NATIVE',
      point_in_time_recovery_enablement: 'POINT_IN_TIME_RECOVERY_ENABLED',
      delete_protection_state: 'DELETE_PROTECTION_ENABLED',
      'lifecycle.prevent_destroy': true,
    },
  },
  'google_firestore_backup_schedule.daily': {
    says: {
      database: `\${google_firestore_database.this.name}`,
      retention: '2419200s',
      daily_recurrence: [{}],
    },
  },
  'google_pubsub_topic.topic': {
    for_each: 'local.topics',
    says: { ...ENABLED, name: `\${each.value}` },
  },
  'google_pubsub_subscription.push': {
    for_each: 'local.subscriptions',
    says: {
      name: `\${each.value.name}`,
      topic: `\${google_pubsub_topic.topic[each.value.topic].id}`,
      ack_deadline_seconds: `\${local.delivery.ack_deadline_seconds}`,
      message_retention_duration: `\${local.delivery.retention_days * 86400}s`,
      'push_config.push_endpoint': `\${${FUNCTION}.service_config[0].uri}/\${each.value.path}`,
      'push_config.oidc_token.service_account_email': `\${google_service_account.push.email}`,
      'push_config.oidc_token.audience': `\${${FUNCTION}.service_config[0].uri}`,
      'retry_policy.minimum_backoff': `\${local.delivery.minimum_backoff_seconds}s`,
      'retry_policy.maximum_backoff': `\${local.delivery.maximum_backoff_seconds}s`,
      'dead_letter_policy.dead_letter_topic': `\${google_pubsub_topic.topic[each.value.dead_letter].id}`,
      'dead_letter_policy.max_delivery_attempts': `\${local.delivery.maximum_attempts}`,
      'expiration_policy.ttl': '',
    },
  },
  'google_pubsub_subscription.dead_letter': {
    for_each: 'local.dead_letters',
    says: {
      name: `\${each.key}`,
      topic: `\${google_pubsub_topic.topic[each.key].id}`,
      ack_deadline_seconds: 60,
      message_retention_duration: `\${local.delivery.dead_letter_retention_days * 86400}s`,
      'expiration_policy.ttl': '',
    },
  },
  'google_cloudfunctions2_function.function': {
    for_each: 'local.functions',
    says: {
      name: `\${each.value.name}`,
      'build_config.runtime': `\${var.source_runtime}`,
      'build_config.entry_point': `\${each.value.entry_point}`,
      'build_config.docker_repository': `\${google_artifact_registry_repository.images.id}`,
      'build_config.service_account': `\${google_service_account.build.id}`,
      'build_config.source.storage_source.bucket': `\${google_storage_bucket.source.name}`,
      'build_config.source.storage_source.object': `\${google_storage_bucket_object.source.name}`,
      'service_config.service_account_email': `\${google_service_account.function[each.key].email}`,
      'service_config.environment_variables': `\${each.value.environment}`,
      'service_config.available_cpu': `\${each.value.cpu}`,
      'service_config.available_memory': `\${each.value.memory}`,
      'service_config.timeout_seconds': `\${local.timeout_seconds}`,
      'service_config.min_instance_count': 0,
      'service_config.max_instance_count': `\${local.maximum_instances}`,
      'service_config.max_instance_request_concurrency': 1,
      'service_config.ingress_settings': 'ALLOW_INTERNAL_ONLY',
      'service_config.all_traffic_on_latest_revision': true,
      location: `\${var.region}`,
      // No function is called before it has the rights that it needs.
      depends_on: [
        `\${time_sleep.services}`,
        `\${time_sleep.rights}`,
        `\${google_firestore_database.this}`,
      ],
    },
  },
  'google_artifact_registry_repository.images': {
    says: {
      ...ENABLED,
      location: `\${var.region}`,
      repository_id: 'live-pool-functions',
      format: 'DOCKER',
      cleanup_policy_dry_run: false,
      cleanup_policies: [
        { action: 'KEEP', id: 'keep-newest', most_recent_versions: [{ keep_count: 5 }] },
        { action: 'DELETE', condition: [{ older_than: '30d' }], id: 'delete-old' },
      ],
    },
  },
  'google_cloud_scheduler_job.job': {
    for_each: 'local.jobs',
    says: {
      name: `\${each.key}`,
      schedule: `\${each.value.schedule}`,
      time_zone: 'Etc/UTC',
      'pubsub_target.topic_name': `\${google_pubsub_topic.topic[each.key].id}`,
      'pubsub_target.data': `\${base64encode(each.value.body)}`,
      'retry_config.retry_count': 5,
      'retry_config.min_backoff_duration': '30s',
      'retry_config.max_backoff_duration': '600s',
      'retry_config.max_doublings': 5,
      ...ENABLED,
      region: `\${var.region}`,
      paused: false,
    },
  },
  'google_logging_metric.metric': {
    for_each: 'local.metrics',
    says: {
      name: `live_pool/\${each.key}`,
      filter: `\${each.value.filter}`,
      ...ENABLED,
      'metric_descriptor.unit': `\${each.value.unit}`,
      'metric_descriptor.metric_kind': 'DELTA',
      'metric_descriptor.value_type': `\${each.value.value == null ? "INT64" : "DISTRIBUTION"}`,
      'metric_descriptor.dynamic.labels.for_each': `\${each.value.labels}`,
      'metric_descriptor.dynamic.labels.content.key': `\${labels.value}`,
      'metric_descriptor.dynamic.labels.content.value_type': 'STRING',
      label_extractors: `\${{ for label in each.value.labels : label => "EXTRACT(jsonPayload.\${label})" }}`,
      value_extractor: `\${each.value.value == null ? null : "EXTRACT(jsonPayload.\${each.value.value})"}`,
      'dynamic.bucket_options.for_each': `\${each.value.value == null ? [] : [each.value.bounds]}`,
      [`${BUCKETS}.explicit_buckets.for_each`]: `\${length(bucket_options.value) == 0 ? [] : [bucket_options.value]}`,
      [`${BUCKETS}.explicit_buckets.content.bounds`]: `\${explicit_buckets.value}`,
      [`${BUCKETS}.exponential_buckets.for_each`]: `\${length(bucket_options.value) == 0 ? [true] : []}`,
      [`${BUCKETS}.exponential_buckets.content.num_finite_buckets`]: 64,
      [`${BUCKETS}.exponential_buckets.content.growth_factor`]: 1.4,
      [`${BUCKETS}.exponential_buckets.content.scale`]: 1,
    },
  },
  'google_monitoring_notification_channel.email': {
    says: { ...ENABLED, type: 'email', 'labels.email_address': `\${var.alert_email}` },
  },
  'google_monitoring_alert_policy.alarm': {
    for_each: 'local.alarms',
    says: {
      severity: `\${each.value.severity}`,
      notification_channels: [`\${google_monitoring_notification_channel.email.id}`],
      'conditions.condition_threshold.filter': `\${each.value.filter}`,
      'conditions.condition_threshold.comparison': 'COMPARISON_GT',
      'conditions.condition_threshold.threshold_value': `\${each.value.above}`,
      'conditions.condition_threshold.duration': '0s',
      'conditions.condition_threshold.aggregations.alignment_period': `\${each.value.period}`,
      'conditions.condition_threshold.aggregations.per_series_aligner': `\${each.value.aligner}`,
      'conditions.condition_threshold.aggregations.cross_series_reducer': `\${each.value.reducer}`,
      'conditions.condition_threshold.aggregations.group_by_fields': `\${each.value.group_by}`,
      'alert_strategy.auto_close': `\${each.value.closes}`,
      combiner: 'OR',
      depends_on: [`\${time_sleep.metrics}`],
    },
  },
  'google_monitoring_alert_policy.silence': {
    says: {
      notification_channels: [`\${google_monitoring_notification_channel.email.id}`],
      'conditions.condition_absent.filter': `resource.type="cloud_run_revision" AND metric.type="\${local.metric}/release_age_days" AND metric.labels.stage="reconcile"`,
      // The longest that Cloud Monitoring takes.
      'conditions.condition_absent.duration': '84600s',
      'conditions.condition_absent.aggregations.alignment_period': '3600s',
      'conditions.condition_absent.aggregations.per_series_aligner': 'ALIGN_PERCENTILE_99',
      'conditions.condition_absent.aggregations.cross_series_reducer': 'REDUCE_MAX',
      severity: 'ERROR',
      combiner: 'OR',
      depends_on: [`\${time_sleep.metrics}`],
    },
  },
  'google_monitoring_alert_policy.log_alarm': {
    for_each: 'local.log_alarms',
    says: {
      notification_channels: [`\${google_monitoring_notification_channel.email.id}`],
      'conditions.condition_matched_log.filter': `\${each.value.filter}`,
      'alert_strategy.notification_rate_limit.period': '3600s',
      'alert_strategy.auto_close': '3600s',
      severity: `\${each.value.severity}`,
      combiner: 'OR',
    },
  },
  'google_billing_budget.this': {
    count: 'var.billing_account == null ? 0 : 1',
    says: {
      ...ENABLED,
      billing_account: `\${var.billing_account}`,
      'budget_filter.projects': [`projects/\${data.google_project.this.number}`],
      threshold_rules: [
        { threshold_percent: 0.5 },
        { threshold_percent: 0.9 },
        { threshold_percent: 1 },
        { spend_basis: 'FORECASTED_SPEND', threshold_percent: 1 },
      ],
      'amount.specified_amount.units': `\${tostring(var.monthly_budget)}`,
      'all_updates_rule.monitoring_notification_channels': [
        `\${google_monitoring_notification_channel.email.id}`,
      ],
    },
  },
};
