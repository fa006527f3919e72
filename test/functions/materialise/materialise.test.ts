import assert from 'node:assert/strict';
import type { Timestamp } from '../../../shared/codec/primitives.js';
import { encodeMessage, makeMessage, type RunId } from '../../../shared/messages/envelope.js';
import { faultFreeMonth, json, type Month } from '../../support/fault-free-month.js';
import { accompanied } from '../../support/faulty-stores.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { memoryWorld, outcomeOf, type World } from '../../support/memory-world.js';
import { bytesAt, contentsOf, copyOf } from '../../support/world-contents.js';

const RELEASE = 'releases/2026-03-13-core_major/';

describe('materialise', () => {
  let month: Month;

  before(async () => {
    month = await faultFreeMonth();
  });

  const parsed = (data: Uint8Array | undefined) =>
    JSON.parse(Buffer.from(data ?? []).toString('utf8'));
  const incoming = () => parsed(month.stages.materialise.incoming.data);
  const fresh = () => copyOf(month.stages.materialise.before);

  const put = async ({ environment }: World, file: string, text: string) => {
    const options = { ifGenerationMatch: 0, contentType: 'text/plain' };
    const written = environment.objects.write(`${RELEASE}${file}`, Buffer.from(text), options)();
    assert.equal(getOrThrow(await written).outcome, 'written');
  };

  const releaseKeys = async (world: World) =>
    Object.keys((await contentsOf(world)).objects).filter((key) => key.startsWith(RELEASE));

  it('writes the manifest last: without it a release is not complete', async () => {
    const order: string[] = [];
    const { objects } = (await fresh()).environment;
    const world = memoryWorld({
      objects: accompanied(objects, {
        after: async (key) => {
          if (key.startsWith(RELEASE)) order.push(key.slice(RELEASE.length));
        },
      }),
    });
    assert.equal(
      outcomeOf(await world.deliver('materialise', month.stages.materialise.incoming)),
      'done',
    );
    assert.deepEqual(order, [
      'latest_universe.json',
      'latest_ranking.csv',
      'live_pool.json',
      'live_pool_legacy.json',
      'artifact_manifest.json',
    ]);
  });

  for (const file of [
    'latest_universe.json',
    'latest_ranking.csv',
    'live_pool.json',
    'live_pool_legacy.json',
  ])
    it(`meets another ${file} under the same version: conflict, nothing is overwritten`, async () => {
      const world = await fresh();
      await put(world, file, 'something else');
      const answer = await world.deliver('materialise', month.stages.materialise.incoming);
      assert.equal(outcomeOf(answer), 'dead_letter');
      assert.equal(answer.log[0]?.code, 'conflict');
      assert.match(
        answer.log[0]?.message ?? '',
        new RegExp(
          `^${RELEASE}${file} exists with other content: expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}\\. A release never changes$`,
        ),
      );
      assert.equal(
        Buffer.from(await bytesAt(world, `${RELEASE}${file}`)).toString(),
        'something else',
      );
      assert.ok(!(await releaseKeys(world)).includes(`${RELEASE}artifact_manifest.json`));
    });

  it('finds the release of an earlier run: its manifest stays, and is the one that is announced', async () => {
    const world = await copyOf(month.afterOf('materialise'));
    const before = await contentsOf(world);
    const { payload } = incoming();
    const laterRun = makeMessage(
      'pool-ranked',
      {
        event_id: null,
        run_id: '2026-03-13-core_major-ffffffffffff' as RunId,
        occurred_at: '2026-03-20T09:00:00+00:00' as Timestamp,
      },
      { ...payload, allow_stale: true },
    );
    const answer = await world.deliver('materialise', { data: encodeMessage(laterRun) });
    assert.equal(outcomeOf(answer), 'already_done');
    const after = await contentsOf(world);
    for (const key of await releaseKeys(world))
      assert.deepEqual(after.objects[key], before.objects[key]);
    const manifest = await bytesAt(world, `${RELEASE}artifact_manifest.json`);
    assert.equal(parsed(manifest).generated_at, '2026-03-14T00:15:30+00:00');
    const said = parsed(answer.published[0]?.data);
    assert.equal(said.run_id, '2026-03-13-core_major-ffffffffffff');
    assert.equal(said.payload.allow_stale, true);
    assert.equal(
      said.payload.manifest.sha256,
      before.objects[`${RELEASE}artifact_manifest.json`]?.sha256,
    );
  });

  const refused: readonly (readonly [
    string,
    (message: ReturnType<typeof incoming>) => object,
    RegExp,
  ])[] = [
    [
      'the ranking of another day',
      (message) => ({
        ...message,
        payload: { ...message.payload, as_of_date: '2026-03-12', version: '2026-03-12-core_major' },
      }),
      /^ranking: expected 2026-03-12 in core_major, got 2026-03-13 in core_major$/,
    ],
    [
      'the ranking of another mode',
      (message) => ({
        ...message,
        payload: { ...message.payload, mode: 'broad_liquid', version: '2026-03-13-broad_liquid' },
      }),
      /^ranking: expected 2026-03-13 in broad_liquid, got 2026-03-13 in core_major$/,
    ],
    [
      'a ranking with another checksum',
      (message) => ({
        ...message,
        payload: {
          ...message.payload,
          ranking: { ...message.payload.ranking, sha256: 'a'.repeat(64) },
        },
      }),
      /^ranking: expected SHA-256 a{64} at gs:\/\/[^ ]+, got [0-9a-f]{64}$/,
    ],
    [
      'what is no ranking',
      (message) => ({
        ...message,
        payload: { ...message.payload, ranking: message.payload.snapshot },
      }),
      /^ranking: .*expected/,
    ],
    [
      'a ranking in another bucket',
      (message) => ({
        ...message,
        payload: {
          ...message.payload,
          ranking: { ...message.payload.ranking, uri: 'gs://other/x.json' },
        },
      }),
      /^ranking: expected an object under gs:\/\/test-bucket\/crypto-live-pool-pipelines\/, got gs:\/\/other\/x\.json$/,
    ],
  ];
  for (const [title, change, sentence] of refused)
    it(`refuses ${title}, and writes nothing`, async () => {
      const world = await fresh();
      const before = await contentsOf(world);
      const answer = await world.deliver('materialise', { data: json(change(incoming())) });
      assert.equal(outcomeOf(answer), 'dead_letter');
      assert.equal(answer.log[0]?.code, 'malformed-input');
      assert.match(answer.log[0]?.message ?? '', sentence);
      assert.deepEqual(await contentsOf(world), before);
    });
});
