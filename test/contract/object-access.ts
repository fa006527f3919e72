import assert from 'node:assert/strict';
import * as O from 'fp-ts/lib/Option.js';
import type {
  Generation,
  ObjectStore,
  StoredObject,
  WriteOptions,
} from '../../shared/ports/object-store.js';
import { done } from './store-under-test.js';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An object store in the words of its tests. */
export const objectAccess = (store: () => ObjectStore) => {
  const write = (
    key: string,
    content: string | Uint8Array,
    ifGenerationMatch: Generation,
    metadata?: WriteOptions['metadata'],
  ) =>
    done(
      store().write(
        key,
        typeof content === 'string' ? bytesOf(content) : content,
        metadata === undefined
          ? { ifGenerationMatch, contentType: 'text/plain' }
          : { ifGenerationMatch, contentType: 'text/plain', metadata },
      ),
    );
  const written = async (...given: Parameters<typeof write>): Promise<Generation> => {
    const result = await write(...given);
    assert.equal(result.outcome, 'written', `${given[0]} was not written`);
    return result.outcome === 'written' ? result.generation : Number.NaN;
  };
  const refused = async (...given: Parameters<typeof write>): Promise<void> =>
    assert.deepEqual(await write(...given), { outcome: 'precondition_failed' });
  const stored = async (key: string): Promise<StoredObject> => {
    const found = await done(store().read(key));
    assert.ok(O.isSome(found), `there is no ${key}`);
    return found.value;
  };
  const textOf = async (key: string): Promise<string> =>
    new TextDecoder().decode((await stored(key)).bytes);
  const keysUnder = async (prefix: string): Promise<readonly string[]> =>
    (await done(store().list(prefix))).map(({ key }) => key);

  return { write, written, refused, stored, textOf, keysUnder };
};
