import type { Release } from '../../../shared/contract/release.js';
import { type AnyEnvelope, encodeMessage } from '../../../shared/messages/envelope.js';
import type { Attributes } from '../../../shared/ports/publisher.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import {
  handMadeRelease,
  materialisedMessage,
  putRelease,
} from '../../support/hand-made-release.js';
import { type Answer, memoryWorld, type World } from '../../support/memory-world.js';

export const october = handMadeRelease('2025-10-31');
export const november = handMadeRelease('2025-11-30');
export const december = handMadeRelease('2025-12-31');

export const at = (instant: string) => ({ clock: () => new Date(instant) });
export const JANUARY = at('2026-01-05T08:00:00Z');

export const worldWith = async (
  own: Parameters<typeof memoryWorld>[0] = JANUARY,
): Promise<World> => {
  const world = memoryWorld(own);
  for (const release of [october, november, december])
    await putRelease(world.environment.objects, release);
  return world;
};

export const deliver = (world: World, message: AnyEnvelope, attributes: Attributes = {}) =>
  world.deliver('promote', { data: encodeMessage(message), attributes });

export const publish = (world: World, release: Release, options = {}) =>
  deliver(world, materialisedMessage(release, options));

export const rollback = (
  world: World,
  release: Release,
  expected_seq: number,
  reason = 'bad input',
) =>
  deliver(world, materialisedMessage(release), {
    intent: 'rollback',
    reason,
    expected_seq: String(expected_seq),
  });

/** Why, as the log has it. */
export const sentence = (answer: Answer): unknown =>
  answer.log[0]?.reason ?? answer.log[0]?.message;

export const ledger = async (world: World) =>
  getOrThrow(await world.environment.documents.list('live_pool_ledger')()).map(({ data }) => data);

export const shown = async (world: World): Promise<readonly (string | undefined)[]> =>
  getOrThrow(await world.environment.objects.list('current/')()).map(({ metadata }) =>
    metadata.version?.slice(0, 10),
  );

export const all = (day: string) => Array.from({ length: 5 }, () => day);
