import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../functions/environment.js';
import { type Failure, transient } from '../../shared/codec/failure.js';
import type {
  DocumentData,
  DocumentPath,
  DocumentStore,
} from '../../shared/ports/document-store.js';
import type { FaultModel } from './faults.js';
import { never, type Scheduler, type SimulatedProcess } from './scheduler.js';

export type SimulatedPorts = Pick<
  Environment,
  'objects' | 'documents' | 'publisher' | 'source' | 'ranker'
>;

export interface FaultContext {
  readonly scheduler: Scheduler;
  readonly process: SimulatedProcess;
  readonly faults: FaultModel;
  /** Ends the process and schedules another delivery of its message. */
  readonly crash: () => void;
  /** Whether a transaction is run again if a document that it read has changed. */
  readonly isolated: boolean;
}

export const pathText = ({ collection, document }: DocumentPath): string =>
  `${collection}/${document}`;

const unavailablePort = (what: string): E.Either<Failure, never> =>
  E.left(transient('unavailable', `Could not ${what}: it is down`));

/** Commits the writes of a transaction, unless a document that it read has changed. */
const commit = (
  documents: DocumentStore,
  read: ReadonlyMap<string, readonly [DocumentPath, string]>,
  writes: readonly (readonly [DocumentPath, DocumentData])[],
): TE.TaskEither<Failure, 'committed' | 'contended'> =>
  documents.transact((transaction) =>
    pipe(
      [...read.values()],
      TE.traverseArray(([path, text]) =>
        pipe(
          transaction.get(path),
          TE.map((found) => JSON.stringify(O.toNullable(found)) === text),
        ),
      ),
      TE.map((unchanged) => {
        if (unchanged.includes(false)) return 'contended';
        for (const [path, data] of writes) transaction.set(path, data);
        return 'committed';
      }),
    ),
  );

interface FaultyCalls {
  readonly readCall: <A>(
    what: string,
    task: TE.TaskEither<Failure, A>,
  ) => TE.TaskEither<Failure, A>;
  readonly effectCall: FaultyCalls['readCall'];
}

/** A call waits for its turn; then the fault model decides whether it fails or ends the process. */
const faultyCalls = ({ scheduler, process, faults, crash }: FaultContext): FaultyCalls => ({
  readCall: (what, task) => () =>
    scheduler.enqueue(process, faults.speed(), async () =>
      faults.readFails() ? unavailablePort(what) : task(),
    ),
  effectCall: (what, task) => () =>
    scheduler.enqueue(process, faults.speed(), async () => {
      const outcome = faults.effectOutcome();
      if (outcome === 'failed') return unavailablePort(what);
      if (outcome === 'dies_before') {
        crash();
        return never();
      }
      const result = await task();
      if (outcome === 'ambiguous') return unavailablePort(what);
      if (outcome === 'dies_after') {
        crash();
        return never();
      }
      return result;
    }),
});

/**
 * Transactions are optimistic, as in Firestore under contention: other processes may write between
 * a transaction's reads and its commit.
 */
const optimisticTransactions =
  (
    documents: DocumentStore,
    { readCall, effectCall }: FaultyCalls,
    { isolated }: FaultContext,
  ): DocumentStore['transact'] =>
  (body) =>
  async () => {
    for (;;) {
      const read = new Map<string, readonly [DocumentPath, string]>();
      const writes: (readonly [DocumentPath, DocumentData])[] = [];
      const result = await body({
        get: (path) =>
          pipe(
            readCall(`get ${pathText(path)}`, documents.get(path)),
            TE.map((found) => {
              read.set(pathText(path), [path, JSON.stringify(O.toNullable(found))]);
              return found;
            }),
          ),
        set: (path, data) => {
          writes.push([path, data]);
        },
      })();
      if (E.isLeft(result)) return result;
      const seen = isolated ? read : new Map<string, never>();
      const ended = await effectCall('commit a transaction', commit(documents, seen, writes))();
      if (E.isLeft(ended)) return ended;
      if (ended.right === 'committed') return result;
    }
  };

/** The ports as one process sees them. */
export const faultyPorts = (
  { objects, documents, publisher, source, ranker }: SimulatedPorts,
  context: FaultContext,
): SimulatedPorts => {
  const calls = faultyCalls(context);
  const { readCall, effectCall } = calls;
  return {
    objects: {
      read: (key) => readCall(`read ${key}`, objects.read(key)),
      head: (key) => readCall(`look at ${key}`, objects.head(key)),
      list: (prefix) => readCall(`list ${prefix}`, objects.list(prefix)),
      write: (key, bytes, options) =>
        effectCall(`write ${key}`, objects.write(key, bytes, options)),
    },
    documents: {
      get: (path) => readCall(`get ${pathText(path)}`, documents.get(path)),
      list: (collection) => readCall(`list ${collection}`, documents.list(collection)),
      create: (path, data) => effectCall(`create ${pathText(path)}`, documents.create(path, data)),
      transact: optimisticTransactions(documents, calls, context),
    },
    publisher: {
      publish: (topic, data, attributes) =>
        effectCall(`publish to ${topic}`, publisher.publish(topic, data, attributes)),
    },
    source: {
      ...source,
      metadata: () => readCall('ask for metadata', source.metadata()),
      candidates: (eligible, asOf) =>
        readCall('ask for candidates', source.candidates(eligible, asOf)),
      bars: (symbols, range) => readCall('ask for bars', source.bars(symbols, range)),
    },
    ranker: { rank: (job) => readCall('rank', ranker.rank(job)) },
  };
};
