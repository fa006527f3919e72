import assert from 'node:assert/strict';
import { makeHandlers } from '../../functions/handlers.js';
import { readJson } from '../../shared/codec/bytes.js';
import { sha256 } from '../../shared/codec/hash.js';
import { ArtifactManifest } from '../../shared/contract/artifact-manifest.js';
import { ARTIFACT_FILE, PAYLOAD_ARTIFACTS } from '../../shared/contract/constants.js';
import type { Release } from '../../shared/contract/release.js';
import { addDays, isoDay, parseIsoDay } from '../../shared/day.js';
import { encodeMessage } from '../../shared/messages/envelope.js';
import { currentKey } from '../../shared/object-keys.js';
import type { LogEntry } from '../../shared/ports/log.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import type { Attributes } from '../../shared/ports/publisher.js';
import { getOrThrow } from '../support/get-or-throw.js';
import { handMadeRelease, materialisedMessage, putRelease } from '../support/hand-made-release.js';
import { memoryWorld } from '../support/memory-world.js';
import { seededRandom } from '../support/synthetic-bars.js';

const SEED = Number(process.env.READERS_SEED ?? 20_251_231);
const POLLS = Number(process.env.READERS_POLLS ?? 100_000);
const READERS = 16;
const DAYS = 30;
const FIRST_DAY = '2026-02-10';
const MANIFEST = ARTIFACT_FILE.artifact_manifest;

const random = seededRandom(SEED);
const below = (limit: number): number => Math.floor(random() * limit);

const shuffled = <A>(items: readonly A[]): readonly A[] =>
  items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);

/** Before every call, other processes run for up to `turns` turns. */
const interleaved = (objects: ObjectStore, turns: number): ObjectStore => {
  const slowly =
    <A>(task: () => Promise<A>): (() => Promise<A>) =>
    async () => {
      for (let turn = below(turns); turn > 0; turn -= 1) await undefined;
      return task();
    };
  return {
    read: (key) => slowly(objects.read(key)),
    head: (key) => slowly(objects.head(key)),
    write: (key, bytes, options) => slowly(objects.write(key, bytes, options)),
    list: (prefix) => slowly(objects.list(prefix)),
  };
};

const releases: readonly Release[] = Array.from({ length: DAYS }, (_, day) =>
  handMadeRelease(isoDay(addDays(parseIsoDay(FIRST_DAY), day))),
);
const releaseOf = new Map(releases.map((release) => [release.sha256.artifact_manifest, release]));

/** Promotes and rolls back until stopped; every message is delivered twice concurrently. */
const promotions = async (world: ReturnType<typeof memoryWorld>, stopped: () => boolean) => {
  const log: LogEntry[] = [];
  const { promote } = makeHandlers(async () => ({
    ...world.environment,
    objects: interleaved(world.environment.objects, 40),
    log: (entry) => log.push(entry),
  }));
  const deliver = (release: Release, attributes: Attributes): Promise<void> =>
    promote({
      data: {
        message: {
          data: Buffer.from(encodeMessage(materialisedMessage(release))).toString('base64'),
          attributes,
          messageId: 'a message',
          publishTime: '2026-03-14T00:15:30.250Z',
        },
      },
    });
  let published = 0;
  let seq = 0;
  let shown: Release | undefined;
  while (!stopped()) {
    const forwards = published < 2 || (published < DAYS && below(4) === 0);
    const release = forwards ? releases[published] : releases[below(published)];
    if (release === undefined || release === shown) continue;
    const attributes: Attributes = forwards
      ? {}
      : { intent: 'rollback', reason: 'rollback during reads', expected_seq: String(seq) };
    await Promise.all([deliver(release, attributes), deliver(release, attributes)]);
    if (forwards) published += 1;
    seq += 1;
    shown = release;
  }
  return { seq, published, log };
};

/** The result of a poll. `mixed` must never occur. */
type Seen = 'nothing' | 'complete' | 'exposed' | 'mixed';

/** Reads as a client does: the manifest, then the payloads, verified by its checksums. */
const poll = async (objects: ObjectStore): Promise<Seen> => {
  const read = async (file: string): Promise<Uint8Array | undefined> => {
    const found = getOrThrow(await objects.read(currentKey(file))());
    return found._tag === 'None' ? undefined : found.value.bytes;
  };
  const sealed = await read(MANIFEST);
  const files = new Map<string, Uint8Array | undefined>();
  for (const name of shuffled(PAYLOAD_ARTIFACTS)) files.set(name, await read(ARTIFACT_FILE[name]));
  if (sealed === undefined) return 'nothing';
  const { artifacts } = getOrThrow(readJson(ArtifactManifest, MANIFEST)(sealed));
  const accepted = PAYLOAD_ARTIFACTS.every((name) => {
    const bytes = files.get(name);
    return bytes !== undefined && sha256(bytes) === artifacts[name].sha256;
  });
  if (!accepted) return 'exposed';
  const release = releaseOf.get(sha256(sealed));
  return release !== undefined &&
    PAYLOAD_ARTIFACTS.every(
      (name) =>
        Buffer.compare(files.get(name) ?? new Uint8Array(), release.files[ARTIFACT_FILE[name]]) ===
        0,
    )
    ? 'complete'
    : 'mixed';
};

describe('Readers of current/ while promotions go on', () => {
  it('never accept a mix of two releases, although polls encounter mixes', async function () {
    this.timeout(600_000 * Math.max(1, POLLS / 100_000));
    const world = memoryWorld();
    for (const release of releases) await putRelease(world.environment.objects, release);
    const seen: Record<Seen, number> = { nothing: 0, complete: 0, exposed: 0, mixed: 0 };
    const objects = interleaved(world.environment.objects, 2);
    let polls = 0;
    const reader = async (): Promise<void> => {
      while (polls < POLLS) {
        polls += 1;
        seen[await poll(objects)] += 1;
      }
    };
    const [{ seq, published, log }] = await Promise.all([
      promotions(world, () => polls >= POLLS),
      ...Array.from({ length: READERS }, reader),
    ]);
    console.log(
      `      readers (seed ${SEED}): ${polls} polls during ${seq} promotions (${published} published, ${seq - published} rolled back): ${seen.complete} complete, ${seen.exposed} exposed, ${seen.nothing} before the first manifest, ${seen.mixed} mixes accepted`,
    );
    assert.equal(seen.mixed, 0);
    assert.equal(seen.complete + seen.exposed + seen.nothing, polls);
    assert.ok(seen.exposed > polls / 20, 'too few polls overlapped a promotion');
    assert.ok(seen.complete > polls / 20, 'too few polls read a complete release');
    assert.ok(seq > 50 && published > 10, 'too few promotions');
    assert.equal(log.filter(({ outcome }) => outcome === 'done').length, seq);
    assert.ok(log.every(({ outcome }) => outcome === 'done' || outcome === 'already_done'));
  });
});
