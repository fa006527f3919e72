import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { permissions } from '../../shared/permissions.js';
import { allFunctions } from '../../shared/topology.js';
import { memoryWorld } from '../support/memory-world.js';
import { entriesOf, guardOf } from './permission-guard.js';
import { live } from './permission-scenario.js';

describe('The table of what functions may touch', () => {
  it('has all that they need and nothing that they do not use', async () => {
    const guard = guardOf(permissions);
    await live(guard);
    assert.deepEqual(guard.refused(), []);
    assert.deepEqual([...guard.used()].sort(), [...entriesOf(permissions)].sort());
  });

  it('does not allow any function to replace write-once objects', () => {
    const replaced = allFunctions.flatMap((name) =>
      Object.entries(permissions[name].objects)
        .filter(([, verbs]) => verbs.includes('replace'))
        .map(([prefix]) => `${name} ${prefix}`),
    );
    assert.deepEqual(replaced, [
      'ingest market-data/',
      'promote current/',
      'reconcile current/',
      'shadow shadow/',
      'shadow scratch/',
    ]);
  });

  it('names the topics of the topology: one word onwards, and the dead letters', () => {
    assert.deepEqual(
      allFunctions.map((name) => permissions[name].publishes.join(' ')),
      [
        'market-data-ingested ingest-dead-letter',
        'pool-ranked rank-dead-letter',
        'release-materialised materialise-dead-letter',
        'release-promoted promote-dead-letter',
        'live-pool-published sync-firestore-dead-letter',
        'release-promoted reconcile-dead-letter',
        'shadow-dead-letter',
      ],
    );
  });

  it('is guarded as Cloud Storage, Firestore and Pub/Sub would', async () => {
    const guard = guardOf(permissions);
    const { environment } = memoryWorld();
    const { objects, documents, publisher } = guard.portsFor('rank', environment);
    const bytes = new Uint8Array([1]);
    const path = { collection: 'live_pool_ledger', document: '1' };
    const once = { ifGenerationMatch: 0, contentType: 'text/plain' };
    for (const task of [
      objects.write('releases/a', bytes, once),
      objects.write('evidence/a', bytes, { ...once, ifGenerationMatch: 7 }),
      objects.read('evidence/absent'),
      objects.read('current/live_pool.json'),
      objects.list('events/'),
      documents.get(path),
      documents.create(path, {}),
      publisher.publish('live-pool-published', bytes, {}),
    ])
      assert.ok(E.isLeft(await task()));
    assert.deepEqual(guard.refused(), [
      'rank has documents to read',
      'rank has documents to write',
      'rank may create releases/',
      'rank may list events/',
      'rank may list evidence/',
      'rank may read current/',
      'rank may replace evidence/',
      'rank publishes live-pool-published',
    ]);
  });
});
