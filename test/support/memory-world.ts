import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../functions/environment.js';
import type { PipelineConfig } from '../../shared/config.js';
import { CONTRACT, DEFAULTS } from '../../shared/contract/constants.js';
import type { Revision } from '../../shared/contract/primitives.js';
import { sha256 } from '../../shared/hash.js';
import { memoryDocumentStore } from '../../shared/local/memory-document-store.js';
import { memoryObjectStore } from '../../shared/local/memory-object-store.js';
import { DEMO_NOW, demoSource } from '../../shared/market-data/demo-source.js';
import type { DocumentData, DocumentPath } from '../../shared/ports/document-store.js';
import type { LogEntry } from '../../shared/ports/log.js';
import type { MarketDataSource } from '../../shared/ports/market-data-source.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import type { Attributes } from '../../shared/ports/publisher.js';
import { deadLetterTopic, type FunctionName } from '../../shared/topology.js';
import { push } from './push.js';
import { right } from './right.js';

/** A message as somebody published it. */
export interface Published {
  readonly topic: string;
  readonly data: Uint8Array;
  readonly attributes: Attributes;
  /** The very bytes lay in the archive when they were published. */
  readonly archived: boolean;
}

/** What is delivered to a function; the world fills in the rest. */
export interface Incoming {
  readonly data: Uint8Array;
  readonly attributes?: Attributes;
  readonly publishTime?: string;
}

/** What a function answered, and what it said and published meanwhile. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly log: readonly LogEntry[];
  readonly published: readonly Published[];
}

/** How a function says that it ended: an outcome, or the failure for which it was given up. */
export const outcomeOf = ({ log }: Answer): string => String(log.at(-1)?.outcome);

/** Everything that is stored: what may not change compares equal. */
export interface Contents {
  readonly objects: Readonly<
    Record<string, { readonly generation: number; readonly sha256: string }>
  >;
  readonly documents: Readonly<Record<string, DocumentData>>;
}

/** A pipeline on in-memory ports, its functions behind the framework's own HTTP server. */
export interface World {
  readonly environment: Environment;
  readonly deliver: (name: FunctionName, message: Incoming) => Promise<Answer>;
}

export const TEST_CONFIG: PipelineConfig = {
  bucket: 'test-bucket',
  rootPrefix: DEFAULTS.rootPrefix,
  sourceProject: DEFAULTS.sourceProject,
  contract: CONTRACT,
  defaultMode: DEFAULTS.mode,
  poolSize: DEFAULTS.poolSize,
  maxAgeDays: DEFAULTS.maxAgeDays,
  firestoreCollection: DEFAULTS.firestoreCollection,
  firestoreDocument: DEFAULTS.firestoreDocument,
  selectionMeta: false,
  actor: 'a test',
  sourceRevision: '0123456789abcdef0123456789abcdef01234567' as Revision,
};

/** The summary document that readers see. */
export const SUMMARY: DocumentPath = {
  collection: TEST_CONFIG.firestoreCollection,
  document: TEST_CONFIG.firestoreDocument,
};

/** The demo market, parsed once for all worlds. */
const demo = ((): MarketDataSource => {
  const source = demoSource();
  const answers = new Map<string, ReturnType<ReturnType<MarketDataSource['bars']>>>();
  return {
    ...source,
    bars: (symbols, range) => () => {
      const question = JSON.stringify([symbols, range]);
      const answer = answers.get(question) ?? source.bars(symbols, range)();
      answers.set(question, answer);
      return answer;
    },
  };
})();

const PUBLISH_TIME = '2026-03-14T00:15:30.250Z';

const archiveKeyOf = (topic: string, data: Uint8Array): string => {
  const id = /"event_id":"([0-9a-f]{64})"/.exec(Buffer.from(data).toString('utf8'))?.[1];
  return `events/${topic}/${id}.json`;
};

const holds = async (objects: ObjectStore, key: string, bytes: Uint8Array): Promise<boolean> => {
  const found = await objects.read(key)();
  return (
    E.isRight(found) &&
    O.isSome(found.right) &&
    Buffer.compare(found.right.value.bytes, bytes) === 0
  );
};

/** How many messages each outcome publishes. Silence after a failure would be an outcome too. */
const PUBLISHED_BY = new Map([
  ['done', 1],
  ['already_done', 1],
  ['superseded', 0],
  ['dry_run', 0],
  ['dead_letter', 1],
]);

/** What is true of every delivery: acknowledged means that the log says how it ended. */
const assertHonest = (name: FunctionName, { status, log, published }: Answer): void => {
  if (status !== 204) {
    assert.equal(status, 500);
    assert.ok(published.every(({ topic }) => topic !== deadLetterTopic(name)));
    return;
  }
  assert.equal(log.length, 1, 'one delivery, one line');
  const outcome = String(log[0]?.outcome);
  assert.equal(published.length, PUBLISHED_BY.get(outcome), `${name} said ${outcome}`);
  for (const { topic, archived } of published) {
    assert.equal(topic === deadLetterTopic(name), outcome === 'dead_letter');
    assert.equal(archived, outcome !== 'dead_letter');
  }
};

/**
 * The demo market half an hour after its last bar, unless the test says otherwise. `wrapped` puts
 * something between the functions and the ports.
 */
export const memoryWorld = (
  own: Partial<Environment> = {},
  wrapped: (environment: Environment) => Partial<Environment> = () => ({}),
): World => {
  let published: Published[] = [];
  let log: LogEntry[] = [];
  let deliveries = 0;
  const plain: Environment = {
    config: TEST_CONFIG,
    objects: memoryObjectStore(),
    documents: memoryDocumentStore(),
    clock: () => new Date(DEMO_NOW),
    source: demo,
    publisher: {
      publish: (topic, data, attributes) =>
        TE.fromTask(async () => {
          const archived = await holds(plain.objects, archiveKeyOf(topic, data), data);
          published.push({ topic, data: Uint8Array.from(data), attributes, archived });
          return `sent-${published.length}`;
        }),
    },
    log: (entry) => {
      log.push(entry);
    },
    ...own,
  };
  const environment: Environment = { ...plain, ...wrapped(plain) };
  return {
    environment,
    deliver: async (name, { data, attributes, publishTime = PUBLISH_TIME }) => {
      published = [];
      log = [];
      deliveries += 1;
      const answer = await push(async () => environment, name, {
        data: Buffer.from(data).toString('base64'),
        ...(attributes === undefined ? {} : { attributes }),
        messageId: `message-${deliveries}`,
        publishTime,
      });
      const whole: Answer = { ...answer, log, published };
      assertHonest(name, whole);
      return whole;
    },
  };
};

const COLLECTIONS = ['live_pool_control', 'live_pool_ledger', 'live_pool_runs', 'strategy'];

const documentsOf = async ({ documents }: Environment) => {
  const found: { readonly path: DocumentPath; readonly data: DocumentData }[] = [];
  for (const collection of COLLECTIONS)
    for (const { document, data } of right(await documents.list(collection)()))
      found.push({ path: { collection, document }, data });
  return found;
};

export const bytesAt = async ({ environment }: World, key: string): Promise<Uint8Array> => {
  const found = right(await environment.objects.read(key)());
  if (found._tag === 'None') throw new Error(`nothing lies under ${key}`);
  return found.value.bytes;
};

export const documentAt = async (
  { environment }: World,
  path: DocumentPath,
): Promise<DocumentData | undefined> => {
  const found = right(await environment.documents.get(path)());
  return found._tag === 'None' ? undefined : found.value;
};

export const contentsOf = async (world: World): Promise<Contents> => {
  const objects: Record<string, Contents['objects'][string]> = {};
  for (const { key, generation } of right(await world.environment.objects.list('')()))
    objects[key] = { generation, sha256: sha256(await bytesAt(world, key)) };
  const documents: Record<string, DocumentData> = {};
  for (const { path, data } of await documentsOf(world.environment))
    documents[`${path.collection}/${path.document}`] = data;
  return { objects, documents };
};

/** Another world that holds the same objects and documents. */
export const copyOf = async (world: World, own: Partial<Environment> = {}): Promise<World> => {
  const { objects, documents } = world.environment;
  const copy = memoryWorld({ config: world.environment.config, ...own });
  for (const { key, metadata } of right(await objects.list('')())) {
    const options = { ifGenerationMatch: 0, contentType: 'text/plain', metadata };
    right(await copy.environment.objects.write(key, await bytesAt(world, key), options)());
  }
  for (const { path, data } of await documentsOf({ ...world.environment, documents }))
    right(await copy.environment.documents.create(path, data)());
  return copy;
};
