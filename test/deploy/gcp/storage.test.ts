import { describeRules, every, local, type Rules } from './rules.js';
import type { Block } from './terraform-module.js';

/** Buckets and the database. */
const storageRules: Rules<Block> = {
  'every bucket is private': every(/^google_storage_bucket\./, {
    location: `\${var.bucket_location}`,
    public_access_prevention: 'enforced',
    uniform_bucket_level_access: true,
  }),
  'no stored object is lost by mistake': every(/^google_storage_bucket\.data/, {
    name: `\${var.bucket}`,
    'versioning.enabled': true,
    'soft_delete_policy.retention_duration_seconds': `\${30 * 86400}`,
    force_destroy: false,
    'lifecycle.prevent_destroy': true,
  }),
  'objects expire by the declared rules only, under their prefix and in their state': every(
    /^google_storage_bucket\.data/,
    {
      lifecycle_rule: undefined,
      'dynamic.lifecycle_rule.for_each': local('lifecycle_rules'),
      'dynamic.lifecycle_rule.content.action.type': 'Delete',
      'dynamic.lifecycle_rule.content.condition.matches_prefix': [
        `\${local.root_prefix}/\${lifecycle_rule.value.prefix}`,
      ],
      'dynamic.lifecycle_rule.content.condition.with_state': `\${lifecycle_rule.value.state}`,
      'dynamic.lifecycle_rule.content.condition.age': `\${lifecycle_rule.value.state == "LIVE" ? lifecycle_rule.value.days : null}`,
      'dynamic.lifecycle_rule.content.condition.days_since_noncurrent_time': `\${lifecycle_rule.value.state == "ARCHIVED" ? lifecycle_rule.value.days : null}`,
    },
  ),
  'archives are in a bucket of their own': every(/^google_storage_bucket\.source/, {
    name: `\${var.bucket}-source`,
  }),
  'no database is deleted, and every minute of the last days can be restored': every(
    /^google_firestore_database\./,
    {
      name: `\${var.firestore_database}`,
      location_id: `\${var.firestore_location}`,
      type: 'FIRESTORE_NATIVE',
      deletion_policy: 'ABANDON',
      delete_protection_state: 'DELETE_PROTECTION_ENABLED',
      point_in_time_recovery_enablement: 'POINT_IN_TIME_RECOVERY_ENABLED',
      'lifecycle.prevent_destroy': true,
    },
  ),
  'every database is backed up daily, for four weeks': every(
    /^google_firestore_backup_schedule\./,
    {
      database: `\${google_firestore_database.this.name}`,
      retention: '2419200s',
      daily_recurrence: [{}],
    },
  ),
};

describeRules('storage', storageRules, [
  ['every bucket is private', 'google_storage_bucket.source.public_access_prevention', 'inherited'],
  ['no stored object is lost by mistake', 'google_storage_bucket.data.versioning'],
  [
    'objects expire by the declared rules only, under their prefix and in their state',
    'google_storage_bucket.data.lifecycle_rule',
    [{ action: [{ type: 'Delete' }] }],
  ],
  [
    'no database is deleted, and every minute of the last days can be restored',
    'google_firestore_database.this.deletion_policy',
    'DELETE',
  ],
  ['every database is backed up daily, for four weeks', 'google_firestore_backup_schedule.daily'],
]);
