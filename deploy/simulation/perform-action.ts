import type { Attributes } from '../../shared/ports/publisher.js';
import { topics } from '../../shared/topology.js';
import {
  headSequence,
  type ObjectState,
  objectsUnder,
  type StoreContents,
} from './store-contents.js';
import type { WorkloadAction } from './workload.js';
import type { World } from './world.js';

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** `events/<topic>/`: the prefix of a topic's archived messages. */
const archiveOf = (topic: string): string => `events/${topic}/`;

const versionIn = ({ bytes }: ObjectState): string =>
  /"version":"([^"]+)"/.exec(Buffer.from(bytes).toString('utf8'))?.[1] ?? '';

/** The archived announcements of releases, oldest release first. */
const archivedReleases = (contents: StoreContents): readonly ObjectState[] =>
  objectsUnder(contents, archiveOf('release-materialised'))
    .map(([, object]) => object)
    // Stable: announcements of the same version stay in the order of their keys.
    .sort((a, b) => (versionIn(a) < versionIn(b) ? -1 : versionIn(a) > versionIn(b) ? 1 : 0));

const pickByIndex = <A>(from: readonly A[], choice: number): A | undefined =>
  from[choice % from.length];

const replay = (world: World, choice: number): void => {
  const messages = topics.flatMap((topic) =>
    objectsUnder(world.contents, archiveOf(topic)).map(([, { bytes }]) => ({ topic, bytes })),
  );
  const message = pickByIndex(messages, choice);
  if (message !== undefined) world.publish(message.topic, message.bytes);
};

/** Publishes an announcement again, as `gcloud pubsub topics publish` would. */
const command = (world: World, choice: number, attributes: Attributes): void => {
  const message = pickByIndex(archivedReleases(world.contents), choice);
  if (message !== undefined) world.publish('release-materialised', message.bytes, attributes);
};

const rollback = (
  world: World,
  { choice, error }: Extract<WorkloadAction, { error: number }>,
): void =>
  command(world, choice, {
    intent: 'rollback',
    reason: 'a simulated rollback',
    expected_seq: String(Math.max(1, headSequence(world.contents) + error)),
  });

/** Performs an action of the scheduler or an operator, on the contents stored at that moment. */
export const performAction = (world: World, action: WorkloadAction): void => {
  switch (action.kind) {
    case 'request':
      world.publish('monthly-run-requested', json(action.body));
      break;
    case 'reconcile':
      world.publish('reconcile-requested', json({}));
      break;
    case 'replay':
      replay(world, action.choice);
      break;
    case 'restate':
      command(world, action.choice, { intent: 'restate', reason: 'a simulated restatement' });
      break;
    case 'rollback':
      rollback(world, action);
      break;
    case 'rollback_on_promotion':
      world.onPromotion(() => rollback(world, action));
      break;
  }
};
