import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../functions/environment.js';
import { type Failure, transient } from '../../shared/codec/failure.js';
import type { DocumentPath } from '../../shared/ports/document-store.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';

const down = (what: string): TE.TaskEither<Failure, never> =>
  TE.left(transient('unavailable', `Could not ${what}: it is down`));

/** What happens to one call of a store: it is done, it fails, or it is done and reported failed. */
export type Fate = 'done' | 'failed' | 'ambiguous';

/** The environment with every effect, in the order in which they happen, left to `fate`. */
export const faultyEnvironment = (
  environment: Environment,
  fate: (effect: string) => Fate,
): Pick<Environment, 'objects' | 'documents' | 'publisher'> => {
  const { objects, documents, publisher } = environment;
  const subject =
    <A>(effect: string, task: TE.TaskEither<Failure, A>): TE.TaskEither<Failure, A> =>
    async () => {
      const happens = fate(effect);
      if (happens === 'failed') return down(effect)();
      const result = await task();
      return happens === 'ambiguous' ? down(effect)() : result;
    };
  const pathText = ({ collection, document }: DocumentPath) => `${collection}/${document}`;
  return {
    objects: {
      read: (key) => subject(`read ${key}`, objects.read(key)),
      head: (key) => subject(`look at ${key}`, objects.head(key)),
      write: (key, bytes, options) => subject(`write ${key}`, objects.write(key, bytes, options)),
      list: (prefix) => subject(`list ${prefix}`, objects.list(prefix)),
    },
    documents: {
      get: (path) => subject(`get ${pathText(path)}`, documents.get(path)),
      create: (path, data) => subject(`create ${pathText(path)}`, documents.create(path, data)),
      list: (collection) => subject(`list ${collection}`, documents.list(collection)),
      transact: (body) => subject('commit a transaction', documents.transact(body)),
    },
    publisher: {
      publish: (topic, data, attributes) =>
        subject(`publish to ${topic}`, publisher.publish(topic, data, attributes)),
    },
  };
};

/** Has another writer act right before or after each write. */
export const accompanied = (
  store: ObjectStore,
  {
    before = async () => undefined,
    after = async () => undefined,
  }: {
    readonly before?: (key: string) => Promise<void>;
    readonly after?: (key: string) => Promise<void>;
  },
): ObjectStore => ({
  ...store,
  write: (key, bytes, options) => async () => {
    await before(key);
    const result = await store.write(key, bytes, options)();
    await after(key);
    return result;
  },
});
