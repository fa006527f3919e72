import assert from 'node:assert/strict';
import {
  deadLetterTopic,
  deliveryPolicy,
  FunctionName,
  monthlyFunctions,
  topicOf,
  topics,
  topology,
} from '../../shared/topology.js';

describe('The topology', () => {
  it('is a one-way flow', () => {
    const flow = topics.map((topic) => {
      const { publisher, subscribers } = topology[topic];
      return `${publisher} → ${topic} → ${subscribers.join(', ') || 'anyone'}`;
    });
    assert.deepEqual(flow, [
      'scheduler → monthly-run-requested → ingest',
      'ingest → market-data-ingested → rank, shadow',
      'rank → pool-ranked → materialise',
      'materialise → release-materialised → promote',
      'promote → release-promoted → sync-firestore',
      'sync-firestore → live-pool-published → anyone',
      'scheduler → reconcile-requested → reconcile',
    ]);
  });

  it('has a codec for every topic, which bears its name', () => {
    for (const topic of topics) assert.equal(topology[topic].codec.name, topic);
  });

  it('has every function exactly once as a subscriber, and every monthly function once as a publisher', () => {
    const subscribers: readonly string[] = topics.flatMap((topic) => [
      ...topology[topic].subscribers,
    ]);
    const [ingest, rank, ...others] = monthlyFunctions;
    assert.deepEqual(subscribers, [ingest, rank, 'shadow', ...others, 'reconcile']);
    assert.deepEqual(
      topics.map((topic) => topology[topic].publisher),
      ['scheduler', ...monthlyFunctions, 'scheduler'],
    );
    assert.deepEqual(Object.keys(FunctionName.keys), [...monthlyFunctions, 'reconcile', 'shadow']);
  });

  it('has the topic and the dead-letter topic of each function', () => {
    assert.deepEqual(
      monthlyFunctions.map((name) => [name, topicOf(name), deadLetterTopic(name)]),
      [
        ['ingest', 'monthly-run-requested', 'ingest-dead-letter'],
        ['rank', 'market-data-ingested', 'rank-dead-letter'],
        ['materialise', 'pool-ranked', 'materialise-dead-letter'],
        ['promote', 'release-materialised', 'promote-dead-letter'],
        ['sync-firestore', 'release-promoted', 'sync-firestore-dead-letter'],
      ],
    );
  });

  it('delivers as the transport allows', () => {
    // Pub/Sub: deadline 10 to 600 s, backoff 0 to 600 s, 5 to 100 attempts, retention to 31 days.
    assert.ok(deliveryPolicy.ackDeadlineSeconds === 600);
    assert.ok(deliveryPolicy.minimumBackoffSeconds < deliveryPolicy.maximumBackoffSeconds);
    assert.ok(deliveryPolicy.maximumBackoffSeconds <= 600);
    assert.ok(deliveryPolicy.maximumAttempts >= 5 && deliveryPolicy.maximumAttempts <= 100);
    assert.ok(deliveryPolicy.deadLetterRetentionDays <= 31);
    assert.ok(deliveryPolicy.deadLetterRetentionDays >= deliveryPolicy.retentionDays);
  });
});
