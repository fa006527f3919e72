import type { Expected } from './expected-access.js';

const after = (...resources: readonly string[]) => ({
  depends_on: resources.map((resource) => `\${${resource}}`),
});
const namesOf = (local: string): string => `\${join(" ", ${local})}`;

/** How long the first apply waits, after what, and what makes it wait again. */
export const expectedWaits: Readonly<Record<string, Expected>> = {
  'time_sleep.services': {
    says: {
      ...after('google_project_service.service'),
      create_duration: '60s',
      'triggers.services': namesOf('local.services'),
    },
  },
  'time_sleep.agents': {
    says: {
      ...after('google_pubsub_topic.topic', 'google_cloud_scheduler_job.job'),
      create_duration: '60s',
    },
  },
  'time_sleep.rights': {
    says: {
      ...after(
        'google_project_iam_member.build',
        'google_storage_bucket_iam_member.objects',
        'google_project_iam_member.documents',
        'google_pubsub_topic_iam_member.publisher',
      ),
      create_duration: '120s',
      'triggers.builder': namesOf('keys(local.builder_roles)'),
      'triggers.functions': namesOf('keys(local.functions)'),
    },
  },
  'time_sleep.metrics': {
    says: {
      ...after('google_logging_metric.metric'),
      // Cloud Monitoring says: up to ten minutes.
      create_duration: '660s',
      'triggers.metrics': namesOf('keys(local.metrics)'),
    },
  },
};
