import { describeRules, each, every, local, type Rules } from './rules.js';
import type { Block } from './terraform-module.js';

/** The functions, their accounts and their builds. */
const functionRules: Rules<Block> = {
  'every function has its own service account': (module) => [
    ...every(/^google_service_account\.function/, {
      for_each: local('functions'),
      account_id: each('account_id'),
    })(module),
    ...every(/^google_cloudfunctions2_function\./, {
      'service_config.service_account_email': `\${google_service_account.function[each.key].email}`,
    })(module),
  ],
  'every function is deployed as it is declared': every(/^google_cloudfunctions2_function\./, {
    for_each: local('functions'),
    name: each('name'),
    location: `\${var.region}`,
    'build_config.entry_point': each('entry_point'),
    'service_config.environment_variables': each('environment'),
    'service_config.available_cpu': each('cpu'),
    'service_config.available_memory': each('memory'),
    'service_config.timeout_seconds': local('timeout_seconds'),
    'service_config.all_traffic_on_latest_revision': true,
  }),
  'no function can be reached from the internet': every(/^google_cloudfunctions2_function\./, {
    'service_config.ingress_settings': 'ALLOW_INTERNAL_ONLY',
  }),
  'no instance handles two messages at once, and few instances run': every(
    /^google_cloudfunctions2_function\./,
    {
      'service_config.max_instance_request_concurrency': 1,
      'service_config.min_instance_count': 0,
      'service_config.max_instance_count': local('maximum_instances'),
    },
  ),
  'every function is built from the archive by the build account': every(
    /^google_cloudfunctions2_function\./,
    {
      'build_config.runtime': `\${var.source_runtime}`,
      'build_config.service_account': `\${google_service_account.build.id}`,
      'build_config.docker_repository': `\${google_artifact_registry_repository.images.id}`,
      'build_config.source.storage_source.bucket': `\${google_storage_bucket.source.name}`,
      'build_config.source.storage_source.object': `\${google_storage_bucket_object.source.name}`,
    },
  ),
  'the archive is named by its content': every(/^google_storage_bucket_object\./, {
    name: `live-pool-functions-\${filesha256(var.source_archive)}.zip`,
    source: `\${var.source_archive}`,
    bucket: `\${google_storage_bucket.source.name}`,
  }),
  'builds and pushes have an account of their own': (module) => [
    ...every(/^google_service_account\.build$/, { account_id: 'live-pool-build' })(module),
    ...every(/^google_service_account\.push$/, { account_id: 'live-pool-push' })(module),
  ],
  'images are deleted, except the newest ones': every(/^google_artifact_registry_repository\./, {
    repository_id: 'live-pool-functions',
    format: 'DOCKER',
    location: `\${var.region}`,
    cleanup_policy_dry_run: false,
    cleanup_policies: [
      { action: 'KEEP', id: 'keep-newest', most_recent_versions: [{ keep_count: 5 }] },
      { action: 'DELETE', condition: [{ older_than: '30d' }], id: 'delete-old' },
    ],
  }),
};

describeRules('functions', functionRules, [
  [
    'every function has its own service account',
    'google_cloudfunctions2_function.function.service_config.service_account_email',
    `\${google_service_account.push.email}`,
  ],
  [
    'every function is deployed as it is declared',
    'google_cloudfunctions2_function.function.service_config.environment_variables',
  ],
  [
    'no function can be reached from the internet',
    'google_cloudfunctions2_function.function.service_config.ingress_settings',
    'ALLOW_ALL',
  ],
  [
    'no instance handles two messages at once, and few instances run',
    'google_cloudfunctions2_function.function.service_config.max_instance_request_concurrency',
    80,
  ],
  ['the archive is named by its content', 'google_storage_bucket_object.source.name', 'f.zip'],
]);
