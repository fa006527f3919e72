import { describeRules, each, every, local, type Rules } from './rules.js';
import type { Block } from './terraform-module.js';

const CHANNEL = [`\${google_monitoring_notification_channel.email.id}`];
const BUCKETS = 'dynamic.bucket_options.content.dynamic';
const THRESHOLD = 'conditions.condition_threshold';

/** Metrics, alarms and the budget. */
const monitoringRules: Rules<Block> = {
  'every metric counts what the table of metrics says': every(/^google_logging_metric\./, {
    for_each: local('metrics'),
    name: `live_pool/\${each.key}`,
    filter: each('filter'),
    'metric_descriptor.unit': each('unit'),
    'metric_descriptor.metric_kind': 'DELTA',
    'metric_descriptor.value_type': `\${each.value.value == null ? "INT64" : "DISTRIBUTION"}`,
    value_extractor: `\${each.value.value == null ? null : "EXTRACT(jsonPayload.\${each.value.value})"}`,
  }),
  'every metric has its labels': every(/^google_logging_metric\./, {
    'metric_descriptor.dynamic.labels.for_each': each('labels'),
    'metric_descriptor.dynamic.labels.content.key': `\${labels.value}`,
    'metric_descriptor.dynamic.labels.content.value_type': 'STRING',
    label_extractors: `\${{ for label in each.value.labels : label => "EXTRACT(jsonPayload.\${label})" }}`,
  }),
  'every distribution has its bounds, or exponential ones': every(/^google_logging_metric\./, {
    'dynamic.bucket_options.for_each': `\${each.value.value == null ? [] : [each.value.bounds]}`,
    [`${BUCKETS}.explicit_buckets.for_each`]: `\${length(bucket_options.value) == 0 ? [] : [bucket_options.value]}`,
    [`${BUCKETS}.explicit_buckets.content.bounds`]: `\${explicit_buckets.value}`,
    [`${BUCKETS}.exponential_buckets.for_each`]: `\${length(bucket_options.value) == 0 ? [true] : []}`,
    [`${BUCKETS}.exponential_buckets.content`]: [
      { growth_factor: 1.4, num_finite_buckets: 64, scale: 1 },
    ],
  }),
  'every alarm sends a mail': every(/^google_monitoring_alert_policy\./, {
    notification_channels: CHANNEL,
    combiner: 'OR',
    severity: /^(ERROR|\$\{each\.value\.severity\})$/,
  }),
  'the mail goes to the address of the deployment': every(
    /^google_monitoring_notification_channel\./,
    { type: 'email', 'labels.email_address': `\${var.alert_email}` },
  ),
  'every threshold alarm fires at once above its threshold': every(
    /^google_monitoring_alert_policy\.alarm/,
    {
      for_each: local('alarms'),
      [`${THRESHOLD}.filter`]: each('filter'),
      [`${THRESHOLD}.comparison`]: 'COMPARISON_GT',
      [`${THRESHOLD}.threshold_value`]: each('above'),
      [`${THRESHOLD}.duration`]: '0s',
      [`${THRESHOLD}.aggregations.alignment_period`]: each('period'),
      [`${THRESHOLD}.aggregations.per_series_aligner`]: each('aligner'),
      [`${THRESHOLD}.aggregations.cross_series_reducer`]: each('reducer'),
      [`${THRESHOLD}.aggregations.group_by_fields`]: each('group_by'),
      'alert_strategy.auto_close': each('closes'),
    },
  ),
  'an alarm fires when the release age is not reported for a day': every(
    /^google_monitoring_alert_policy\.silence/,
    {
      'conditions.condition_absent.filter': `resource.type="cloud_run_revision" AND metric.type="\${local.metric}/release_age_days" AND metric.labels.stage="reconcile"`,
      // The longest duration that Cloud Monitoring accepts.
      'conditions.condition_absent.duration': '84600s',
      'conditions.condition_absent.aggregations': [
        {
          alignment_period: '3600s',
          cross_series_reducer: 'REDUCE_MAX',
          per_series_aligner: 'ALIGN_PERCENTILE_99',
        },
      ],
    },
  ),
  'every alarm on a log closes by itself': every(/^google_monitoring_alert_policy\.log_alarm/, {
    for_each: local('log_alarms'),
    'conditions.condition_matched_log.filter': each('filter'),
    'alert_strategy.notification_rate_limit.period': '3600s',
    'alert_strategy.auto_close': '3600s',
  }),
  'a budget warns before it is spent, and of a forecast': every(/^google_billing_budget\./, {
    count: `\${var.billing_account == null ? 0 : 1}`,
    billing_account: `\${var.billing_account}`,
    'budget_filter.projects': [`projects/\${data.google_project.this.number}`],
    'amount.specified_amount.units': `\${tostring(var.monthly_budget)}`,
    threshold_rules: [
      { threshold_percent: 0.5 },
      { threshold_percent: 0.9 },
      { threshold_percent: 1 },
      { spend_basis: 'FORECASTED_SPEND', threshold_percent: 1 },
    ],
    'all_updates_rule.monitoring_notification_channels': CHANNEL,
  }),
};

describeRules('monitoring', monitoringRules, [
  [
    'every metric counts what the table of metrics says',
    'google_logging_metric.metric.value_extractor',
    'EXTRACT(x)',
  ],
  ['every alarm sends a mail', 'google_monitoring_alert_policy.silence.notification_channels'],
  [
    'every threshold alarm fires at once above its threshold',
    `google_monitoring_alert_policy.alarm.${THRESHOLD}.duration`,
    '86400s',
  ],
  [
    'an alarm fires when the release age is not reported for a day',
    'google_monitoring_alert_policy.silence.conditions.condition_absent.filter',
    'x',
  ],
]);
