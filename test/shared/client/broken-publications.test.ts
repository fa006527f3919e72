import assert from 'node:assert/strict';
import { sha256 } from '../../../shared/codec/hash.js';
import { february, listening, march, published, uriOf } from './published-releases.js';

const LIVE_POOL = uriOf(march, 'live_pool.json');
const MANIFEST = uriOf(march, 'artifact_manifest.json');

/** The release with a file changed and the manifest and event changed to match. */
const resealed = (file: 'live_pool.json' | 'live_pool_legacy.json', from: string, to: string) => {
  const changed = Buffer.from(march.files[file]).toString('utf8').replaceAll(from, to);
  const name = file === 'live_pool.json' ? 'live_pool' : 'live_pool_legacy';
  const manifest = Buffer.from(march.files['artifact_manifest.json'])
    .toString('utf8')
    .replaceAll(march.sha256[name], sha256(changed));
  return {
    objects: [
      [uriOf(march, file), Buffer.from(changed)],
      [MANIFEST, Buffer.from(manifest)],
    ] as const,
    event: published(march, 1, { manifest: { uri: MANIFEST, sha256: sha256(manifest) } }),
  };
};

describe('onLivePoolPublished dead-letters, with the reason,', () => {
  type Objects = Map<string, Uint8Array>;
  const tampered = (uri: string) => (objects: Objects) =>
    objects.set(uri, Buffer.concat([objects.get(uri) ?? Buffer.of(), Buffer.from(' ')]));
  const missing = (uri: string) => (objects: Objects) => objects.delete(uri);
  const text = (own: object) =>
    Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(published(march, 1)).toString()), ...own }),
    );
  const swapped = resealed(
    'live_pool.json',
    '"TRXUSDT",\n    "ETHUSDT"',
    '"ETHUSDT",\n    "TRXUSDT"',
  );
  const legacy = resealed(
    'live_pool_legacy.json',
    '"mode": "core_major"',
    '"mode": "broad_liquid"',
  );

  const cases: readonly (readonly [string, Uint8Array, (objects: Objects) => unknown, RegExp])[] = [
    [
      'a tampered live_pool.json',
      published(march, 1),
      tampered(LIVE_POOL),
      /live_pool\.json: expected SHA-256/,
    ],
    [
      'a tampered ranking',
      published(march, 1),
      tampered(uriOf(march, 'latest_ranking.csv')),
      /latest_ranking\.csv: expected SHA-256/,
    ],
    [
      'a tampered manifest',
      published(march, 1),
      tampered(MANIFEST),
      /artifact_manifest\.json: expected SHA-256/,
    ],
    [
      'a missing artifact',
      published(march, 1),
      missing(uriOf(march, 'latest_universe.json')),
      /an object with SHA-256 \w+, got nothing$/,
    ],
    [
      'the manifest of another release',
      published(march, 1, {
        manifest: {
          uri: uriOf(february, 'artifact_manifest.json'),
          sha256: february.sha256.artifact_manifest,
        },
      }),
      () => undefined,
      /artifact_manifest\.json: version: expected "2026-03-13-core_major"/,
    ],
    [
      'the copy in current/, which changes',
      published(march, 1, {
        manifest: {
          uri: 'gs://test-bucket/x/current/artifact_manifest.json',
          sha256: march.sha256.artifact_manifest,
        },
      }),
      (objects) =>
        objects.set(
          'gs://test-bucket/x/current/artifact_manifest.json',
          march.files['artifact_manifest.json'],
        ),
      /payload\.manifest\.uri: expected gs:\/\/<bucket>\/<root>\/releases\//,
    ],
    [
      'another order than the sealed one',
      published(march, 1, { symbols: [...march.livePool.symbols].reverse() }),
      () => undefined,
      /artifact_manifest\.json: symbols: expected/,
    ],
    [
      'a sealed pool in another order',
      swapped.event,
      (objects) => swapped.objects.map(([uri, bytes]) => objects.set(uri, bytes)),
      /live_pool\.json: symbols: expected TRXUSDT ETHUSDT/,
    ],
    [
      'a sealed file of another mode',
      legacy.event,
      (objects) => legacy.objects.map(([uri, bytes]) => objects.set(uri, bytes)),
      /live_pool_legacy\.json: mode: expected one of core_major, got broad_liquid/,
    ],
    ['what is no JSON', Buffer.from('{'), () => undefined, /^live-pool-published: not JSON/],
    ['what is no text', Buffer.of(0xff, 0xfe), () => undefined, /expected UTF-8/],
    [
      'an event of another type',
      text({ event_type: 'release-promoted' }),
      () => undefined,
      /event_type: expected/,
    ],
    [
      'an event of a later schema',
      text({ schema_version: 2 }),
      () => undefined,
      /schema_version: expected/,
    ],
    [
      'a version that is not of its date',
      published(march, 1, { version: '2026-03-12-core_major' }),
      () => undefined,
      /payload\.version: expected 2026-03-13-core_major/,
    ],
    [
      'a promotion without a number',
      published(march, 1, { promotion_seq: 0 }),
      () => undefined,
      /promotion_seq: expected/,
    ],
  ];
  for (const [what, data, prepare, reason] of cases)
    it(what, async () => {
      const { deliver, handled, letters, answers, objects, sequence } = listening();
      prepare(objects);
      const settled = await deliver(data);
      assert.equal(settled?.outcome, 'dead_letter', settled?.reason);
      assert.match(String(settled?.reason), reason);
      const [letter] = letters;
      assert.deepEqual(letter?.data, data);
      assert.equal(letter?.reason, settled?.reason);
      assert.deepEqual(letter?.attributes, { event_type: 'live-pool-published' });
      assert.deepEqual(handled, []);
      assert.deepEqual(answers, ['ack']);
      assert.equal(await sequence.read(), 0);
    });
});
