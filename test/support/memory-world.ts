import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { stubReportRenderer } from '../../deploy/simulation/stub-report-renderer.js';
import type { Environment } from '../../functions/environment.js';
import { sha256 } from '../../shared/codec/hash.js';
import type { Revision } from '../../shared/codec/primitives.js';
import type { PipelineConfig } from '../../shared/config.js';
import { CONTRACT, DEFAULTS } from '../../shared/contract/constants.js';
import { memoryDocumentStore } from '../../shared/local/memory-document-store.js';
import { memoryObjectStore } from '../../shared/local/memory-object-store.js';
import { DEMO_NOW, demoSource } from '../../shared/market-data/demo-source.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import type { DocumentPath } from '../../shared/ports/document-store.js';
import { limitedPublisher } from '../../shared/ports/limited-publisher.js';
import type { LogEntry } from '../../shared/ports/log.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import type { Attributes } from '../../shared/ports/publisher.js';
import type { Ranker } from '../../shared/ranking/ranker.js';
import { deadLetterTopic, type FunctionName } from '../../shared/topology.js';
import { inProcessRanker } from './in-process-ranker.js';
import { inProcessScorer } from './in-process-scorer.js';
import { type HttpAnswer, type Post, post, push } from './push-delivery.js';

/** A message as it was published. */
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

/** A pipeline on in-memory ports, its functions behind the framework's own HTTP server. */
export interface World {
  readonly environment: Environment;
  readonly deliver: (name: FunctionName, message: Incoming) => Promise<Answer>;
  /** Delivers a body that need not be a push of Pub/Sub. */
  readonly post: (name: FunctionName, body: Post) => Promise<Answer>;
}

export const TEST_CONFIG: PipelineConfig = {
  bucket: 'test-bucket',
  rootPrefix: DEFAULTS.rootPrefix,
  sourceProject: DEFAULTS.sourceProject,
  contract: CONTRACT,
  defaultMode: DEFAULTS.mode,
  poolSize: DEFAULTS.poolSize,
  readers: { mode: DEFAULTS.mode, poolSize: DEFAULTS.poolSize },
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

/** The same snapshot is ranked once for all worlds: the method is not what they are about. */
const rememberingRanker = ((): Ranker => {
  const answers = new Map<string, ReturnType<ReturnType<Ranker['rank']>>>();
  return {
    rank: (job) => () => {
      const question = JSON.stringify([sha256(job.manifest), job.mode, job.poolSize]);
      const answer = answers.get(question) ?? inProcessRanker.rank(job)();
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
    // The framework itself refuses some bodies before a function sees them.
    assert.ok(status === 500 || (status === 400 && log.length === 0), String(status));
    assert.ok(published.every(({ topic }) => topic !== deadLetterTopic(name)));
    return;
  }
  assert.equal(log.length, 1, 'one delivery, one line');
  const outcome = String(log[0]?.outcome);
  // Reconcile publishes only what has to be reported, the shadow history nothing.
  const maySayNothing = name === 'reconcile' || name === 'shadow';
  const silent = maySayNothing && outcome !== 'dead_letter' && published.length === 0;
  if (!silent) assert.equal(published.length, PUBLISHED_BY.get(outcome), `${name} said ${outcome}`);
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
    ranker: rememberingRanker,
    scorer: inProcessScorer(),
    reporter: stubReportRenderer,
    publisher: limitedPublisher({
      publish: (topic, data, attributes) =>
        TE.fromTask(async () => {
          const archived = await holds(plain.objects, archiveKeyOf(topic, data), data);
          published.push({ topic, data: Uint8Array.from(data), attributes, archived });
          return `sent-${published.length}`;
        }),
    }),
    log: (entry) => {
      log.push(entry);
    },
    ...own,
  };
  const environment: Environment = { ...plain, ...wrapped(plain) };
  const provide = async () => environment;
  const observed = async (name: FunctionName, request: () => Promise<HttpAnswer>) => {
    published = [];
    log = [];
    deliveries += 1;
    const answer: Answer = { ...(await request()), log, published };
    assertHonest(name, answer);
    return answer;
  };
  return {
    environment,
    deliver: (name, { data, attributes, publishTime = PUBLISH_TIME }) =>
      observed(name, () =>
        push(provide, name, {
          data: Buffer.from(data).toString('base64'),
          ...(attributes === undefined ? {} : { attributes }),
          messageId: `message-${deliveries}`,
          publishTime,
        }),
      ),
    post: (name, body) => observed(name, () => post(provide, name, body)),
  };
};
