import assert from 'node:assert/strict';
import { orderOf, orderProblems } from './order.js';
import { type Block, files, parseModule } from './terraform-module.js';
import { withResource } from './terraform-mutations.js';

describe('The first apply', () => {
  let module: Block;
  const without = (type: string, name: string): readonly string[] =>
    orderProblems(withResource(module, type, name, ['depends_on']));

  before(async () => {
    module = await parseModule(files());
  });

  it('makes nothing before what it needs is in force', () => {
    assert.deepEqual(orderProblems(module), []);
  });

  it('grants the roles of the build and of every function before it builds', () => {
    const before = orderOf(module).get('google_cloudfunctions2_function.function');
    for (const granted of [
      ...['google_project_iam_member.build', 'google_storage_bucket_iam_member.objects'],
      ...['google_project_iam_member.documents', 'google_pubsub_topic_iam_member.publisher'],
    ])
      assert.ok(before?.has(granted), granted);
  });

  it('would fail at a resource that does not wait', () => {
    assert.deepEqual(without('google_firestore_database', 'this'), [
      'google_firestore_backup_schedule.daily does not wait for time_sleep.services',
      'google_firestore_database.this does not wait for time_sleep.services',
    ]);
    assert.deepEqual(without('google_cloudfunctions2_function', 'function'), [
      'google_cloudfunctions2_function.function does not wait for time_sleep.rights',
    ]);
    assert.deepEqual(without('google_service_account_iam_member', 'pubsub_signs'), [
      'google_service_account_iam_member.pubsub_signs does not wait for time_sleep.agents',
    ]);
    for (const name of ['alarm', 'silence'])
      assert.deepEqual(without('google_monitoring_alert_policy', name), [
        `google_monitoring_alert_policy.${name} does not wait for time_sleep.metrics`,
      ]);
  });

  it('would never begin if a resource waited for itself', () => {
    const circular = withResource(
      module,
      'google_project_service',
      'service',
      ['depends_on'],
      [`\${time_sleep.services}`],
    );
    assert.match(
      orderProblems(circular).join('\n'),
      /google_project_service\.service waits for itself/,
    );
  });
});
