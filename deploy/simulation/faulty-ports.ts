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
  Transaction,
} from '../../shared/ports/document-store.js';
import type { Misfortune } from './faults.js';
import { never, type Process, type Turns } from './scheduler.js';

export type Ports = Pick<Environment, 'objects' | 'documents' | 'publisher' | 'source' | 'ranker'>;

export interface Circumstances {
  readonly turns: Turns;
  readonly process: Process;
  readonly misfortune: Misfortune;
  /** Ends the process and has its message delivered again. */
  readonly die: () => void;
  /** A transaction that has read what was changed since is run again. */
  readonly isolated: boolean;
}

export const pathText = ({ collection, document }: DocumentPath): string =>
  `${collection}/${document}`;

const down = (what: string): E.Either<Failure, never> =>
  E.left(transient('unavailable', `Could not ${what}: it is down`));

/** Writes what a transaction has gathered, unless something that it read has changed since. */
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

/**
 * The ports as one process sees them: every call waits for its turn, every side effect meets its
 * fate. Transactions are optimistic, as Firestore's are to servers under contention: others may
 * write between their reads and their commit.
 */
export const troubledPorts = (
  { objects, documents, publisher, source, ranker }: Ports,
  { turns, process, misfortune, die, isolated }: Circumstances,
): Ports => {
  const look =
    <A>(what: string, task: TE.TaskEither<Failure, A>): TE.TaskEither<Failure, A> =>
    () =>
      turns.take(process, misfortune.slow(), async () =>
        misfortune.readFails() ? down(what) : task(),
      );

  const act =
    <A>(what: string, task: TE.TaskEither<Failure, A>): TE.TaskEither<Failure, A> =>
    () =>
      turns.take(process, misfortune.slow(), async () => {
        const fate = misfortune.fate();
        if (fate === 'failed') return down(what);
        if (fate === 'dies_before') {
          die();
          return never();
        }
        const result = await task();
        if (fate === 'ambiguous') return down(what);
        if (fate === 'dies_after') {
          die();
          return never();
        }
        return result;
      });

  const transact =
    <A>(body: (transaction: Transaction) => TE.TaskEither<Failure, A>): TE.TaskEither<Failure, A> =>
    async () => {
      for (;;) {
        const read = new Map<string, readonly [DocumentPath, string]>();
        const writes: (readonly [DocumentPath, DocumentData])[] = [];
        const result = await body({
          get: (path) =>
            pipe(
              look(`get ${pathText(path)}`, documents.get(path)),
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
        const ended = await act('commit a transaction', commit(documents, seen, writes))();
        if (E.isLeft(ended)) return ended;
        if (ended.right === 'committed') return result;
      }
    };

  return {
    objects: {
      read: (key) => look(`read ${key}`, objects.read(key)),
      head: (key) => look(`look at ${key}`, objects.head(key)),
      list: (prefix) => look(`list ${prefix}`, objects.list(prefix)),
      write: (key, bytes, options) => act(`write ${key}`, objects.write(key, bytes, options)),
    },
    documents: {
      get: (path) => look(`get ${pathText(path)}`, documents.get(path)),
      list: (collection) => look(`list ${collection}`, documents.list(collection)),
      create: (path, data) => act(`create ${pathText(path)}`, documents.create(path, data)),
      transact,
    },
    publisher: {
      publish: (topic, data, attributes) =>
        act(`publish to ${topic}`, publisher.publish(topic, data, attributes)),
    },
    source: {
      ...source,
      metadata: () => look('ask for metadata', source.metadata()),
      candidates: (eligible, asOf) => look('ask for candidates', source.candidates(eligible, asOf)),
      bars: (symbols, range) => look('ask for bars', source.bars(symbols, range)),
    },
    ranker: { rank: (job) => look('rank', ranker.rank(job)) },
  };
};
