import { describeRules, each, every, FUNCTION, local, type Rules, topic } from './rules.js';
import type { Block } from './terraform-module.js';

/** Topics, subscriptions and schedules. */
const messageRules: Rules<Block> = {
  'every topic is a declared one': every(/^google_pubsub_topic\./, {
    for_each: local('topics'),
    name: `\${each.value}`,
  }),
  'every function has a push subscription to its topic': every(
    /^google_pubsub_subscription\.push/,
    {
      for_each: local('subscriptions'),
      name: each('name'),
      topic: topic('value.topic', 'id'),
    },
  ),
  'every dead-letter topic has a subscription that operators pull': every(
    /^google_pubsub_subscription\.dead_letter/,
    { for_each: local('dead_letters'), name: `\${each.key}`, topic: topic('key', 'id') },
  ),
  'every subscription belongs to a function or to dead letters': every(
    /^google_pubsub_subscription\./,
    { for_each: /^\$\{local\.(subscriptions|dead_letters)\}$/ },
  ),
  'no subscription expires or skips messages': every(/^google_pubsub_subscription\./, {
    'expiration_policy.ttl': '',
    filter: undefined,
  }),
  'every message is retained as the delivery policy says': (module) => [
    ...every(/^google_pubsub_subscription\.push/, {
      message_retention_duration: `\${local.delivery.retention_days * 86400}s`,
    })(module),
    ...every(/^google_pubsub_subscription\.dead_letter/, {
      message_retention_duration: `\${local.delivery.dead_letter_retention_days * 86400}s`,
    })(module),
  ],
  'no push subscription is without the dead-letter policy of its function': every(
    /^google_pubsub_subscription\.push/,
    {
      'dead_letter_policy.dead_letter_topic': topic('value.dead_letter', 'id'),
      'dead_letter_policy.max_delivery_attempts': local('delivery.maximum_attempts'),
    },
  ),
  'every message is retried as the delivery policy says': every(
    /^google_pubsub_subscription\.push/,
    {
      ack_deadline_seconds: local('delivery.ack_deadline_seconds'),
      'retry_policy.minimum_backoff': `${local('delivery.minimum_backoff_seconds')}s`,
      'retry_policy.maximum_backoff': `${local('delivery.maximum_backoff_seconds')}s`,
    },
  ),
  'a peek hides dead letters for a minute at most': every(
    /^google_pubsub_subscription\.dead_letter/,
    { ack_deadline_seconds: 60 },
  ),
  "every message is pushed to its function with the push account's token": every(
    /^google_pubsub_subscription\.push/,
    {
      'push_config.push_endpoint': `\${${FUNCTION}.service_config[0].uri}/\${each.value.path}`,
      'push_config.oidc_token.audience': `\${${FUNCTION}.service_config[0].uri}`,
      'push_config.oidc_token.service_account_email': `\${google_service_account.push.email}`,
    },
  ),
  'every scheduled topic has a job in UTC that is not paused': every(
    /^google_cloud_scheduler_job\./,
    {
      for_each: local('jobs'),
      name: `\${each.key}`,
      region: `\${var.region}`,
      schedule: each('schedule'),
      time_zone: 'Etc/UTC',
      paused: false,
      'pubsub_target.topic_name': topic('key', 'id'),
      'pubsub_target.data': `\${base64encode(each.value.body)}`,
    },
  ),
  'a request that cannot be published is tried again, at growing intervals': every(
    /^google_cloud_scheduler_job\./,
    {
      'retry_config.retry_count': 5,
      'retry_config.max_doublings': 5,
      'retry_config.min_backoff_duration': /^[1-9]\d*s$/,
      'retry_config.max_backoff_duration': '600s',
    },
  ),
};

describeRules('messages', messageRules, [
  ['every topic is a declared one', 'google_pubsub_topic.more', [{ name: 'x' }]],
  [
    'every function has a push subscription to its topic',
    'google_pubsub_subscription.push.topic',
    topic('value.dead_letter', 'id'),
  ],
  [
    'every dead-letter topic has a subscription that operators pull',
    'google_pubsub_subscription.dead_letter.topic',
    topic('value', 'id'),
  ],
  ['no subscription expires or skips messages', 'google_pubsub_subscription.push.filter', 'false'],
  [
    'no subscription expires or skips messages',
    'google_pubsub_subscription.dead_letter.expiration_policy',
  ],
  [
    'every message is retained as the delivery policy says',
    'google_pubsub_subscription.dead_letter.message_retention_duration',
    '600s',
  ],
  [
    'no push subscription is without the dead-letter policy of its function',
    'google_pubsub_subscription.push.dead_letter_policy',
  ],
  [
    'every message is retried as the delivery policy says',
    'google_pubsub_subscription.push.retry_policy.maximum_backoff',
    local('delivery.minimum_backoff_seconds'),
  ],
  [
    "every message is pushed to its function with the push account's token",
    'google_pubsub_subscription.push.push_config.oidc_token',
  ],
  [
    'every scheduled topic has a job in UTC that is not paused',
    'google_cloud_scheduler_job.job.paused',
    true,
  ],
  [
    'every scheduled topic has a job in UTC that is not paused',
    'google_cloud_scheduler_job.job.time_zone',
    'Europe/Berlin',
  ],
]);
