import assert from 'node:assert/strict';
import type { Mode, Version } from '../../../shared/codec/primitives.js';
import { encodeMessage } from '../../../shared/messages/envelope.js';
import { releaseKey } from '../../../shared/object-keys.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import {
  handMadeRelease,
  materialisedMessage,
  putRelease,
} from '../../support/hand-made-release.js';
import { outcomeOf, type World } from '../../support/memory-world.js';
import { LAST_DAY, MODE } from '../../support/small-history.js';
import { bytesAt, contentsOf, copyOf } from '../../support/world-contents.js';
import { ingested, shadowWorld } from './shadow-world.js';

const VERSION = `${LAST_DAY}-${MODE}` as Version;
const FILES = ['live_pool.json', 'live_pool_legacy.json', 'release_manifest.json'];

describe('A shadow release', () => {
  let world: World;
  let folder: string;

  before(async () => {
    world = shadowWorld();
    await world.deliver('shadow', await ingested(world));
    const keys = Object.keys((await contentsOf(world)).objects);
    const key = keys.find((one) => one.endsWith(`shadow_releases/${VERSION}/live_pool.json`)) ?? '';
    folder = key.replace('live_pool.json', '');
  });

  const laid = async (target: World, names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const key = releaseKey(VERSION, name);
      const present = getOrThrow(await target.environment.objects.head(key)());
      const options = {
        ifGenerationMatch: present._tag === 'Some' ? present.value.generation : 0,
        contentType: 'application/json',
      };
      const bytes = await bytesAt(world, `${folder}${name}`);
      getOrThrow(await target.environment.objects.write(key, bytes, options)());
    }
  };

  const announced = async (target: World) => {
    const release = handMadeRelease(LAST_DAY, { mode: MODE as Mode });
    const before = await contentsOf(target);
    const answer = await target.deliver('promote', {
      data: encodeMessage(materialisedMessage(release)),
    });
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.match(String(answer.log[0]?.code), /^(contract-invalid|malformed-input)$/);
    assert.deepEqual(await contentsOf(target), before);
    return String(answer.log[0]?.message);
  };

  it('is refused by promote when it is laid among the releases and announced', async () => {
    const target = await copyOf(world);
    await laid(target, FILES);
    assert.match(await announced(target), /missing: .*artifact_manifest\.json/);
  });

  it('is refused by promote when its files take the place of a sound release’s', async () => {
    const target = await copyOf(world);
    await putRelease(target.environment.objects, handMadeRelease(LAST_DAY, { mode: MODE as Mode }));
    await laid(target, ['live_pool.json', 'live_pool_legacy.json']);
    assert.match(await announced(target), /live_pool/);
  });
});
