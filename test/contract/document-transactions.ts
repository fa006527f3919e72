import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import type {
  DocumentPath,
  DocumentStore,
  Transaction,
} from '../../shared/ports/document-store.js';
import { at, documentAccess } from './document-access.js';
import { done } from './store-under-test.js';

/** Adds one to a counter that may not be there yet. */
const increment =
  (path: DocumentPath) =>
  (transaction: Transaction): TE.TaskEither<Failure, number> =>
    pipe(
      transaction.get(path),
      TE.map((found) => {
        const next = 1 + (O.isSome(found) ? Number(found.value.count) : 0);
        transaction.set(path, { count: next });
        return next;
      }),
    );

/** What the transactions of a document store must do. */
export const describeTransactions = (store: () => DocumentStore): void => {
  const { create, transact, set, dataOf, list } = documentAccess(store);

  describe('transactions', () => {
    it('read what is committed and answer with what their body answers', async () => {
      await create(at('a'), { value: 7 });
      const answer = await done(
        transact((transaction) =>
          pipe(
            transaction.get(at('a')),
            TE.bindTo('a'),
            TE.bind('missing', () => transaction.get(at('missing'))),
          ),
        ),
      );
      assert.deepEqual(answer, { a: O.some({ value: 7 }), missing: O.none });
    });

    it('write all their documents, in any collections', async () => {
      await create(at('a'), { old: true });
      await done(
        transact((transaction) =>
          TE.fromIO(() => {
            transaction.set(at('a'), { new: 'a' });
            transaction.set(at('b'), { new: 'b' });
            transaction.set(at('a', 'others'), { new: 'c' });
          }),
        ),
      );
      assert.deepEqual(await dataOf(at('a')), { new: 'a' });
      assert.deepEqual(await dataOf(at('b')), { new: 'b' });
      assert.deepEqual(await dataOf(at('a', 'others')), { new: 'c' });
    });

    it('replace the whole document', async () => {
      await create(at('a'), { kept: 'no', nested: { kept: 'no' } });
      await set(at('a'), { nested: { new: true } });
      assert.deepEqual(await dataOf(at('a')), { nested: { new: true } });
    });

    it('keep the last of two values that they set', async () => {
      await done(
        transact((transaction) =>
          TE.fromIO(() => {
            transaction.set(at('a'), { turn: 1, first: true });
            transaction.set(at('a'), { turn: 2 });
          }),
        ),
      );
      assert.deepEqual(await dataOf(at('a')), { turn: 2 });
    });

    it('write nothing when their body fails, and pass its failure on', async () => {
      await create(at('a'), { old: true });
      const failure = permanent('conflict', 'not this time');
      const result = await transact((transaction) =>
        pipe(
          transaction.get(at('a')),
          TE.chain(() => {
            transaction.set(at('a'), { new: true });
            transaction.set(at('b'), { new: true });
            return TE.left(failure);
          }),
        ),
      )();
      assert.deepEqual(result, E.left(failure));
      assert.deepEqual(await list('things'), [{ document: 'a', data: { old: true } }]);
    });

    it('write nothing when their body throws, and fail instead of throwing', async () => {
      const result = await transact((transaction) => async () => {
        transaction.set(at('a'), { new: true });
        throw new Error('a bug');
      })();
      assert.ok(E.isLeft(result), 'it succeeded');
      assert.match(result.left.message, /a bug/);
      assert.deepEqual(await list('things'), []);
    });

    it('leave the store usable after a failure', async () => {
      await transact(() => TE.left(permanent('conflict', 'no')))();
      await set(at('a'), { value: 1 });
      assert.deepEqual(await dataOf(at('a')), { value: 1 });
    });

    it('lose no increment: twenty at once make twenty', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => done(transact(increment(at('counter'))))),
      );
      assert.deepEqual(await dataOf(at('counter')), { count: 20 });
      assert.deepEqual(
        [...answers].sort((a, b) => a - b),
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
    });

    it('keep documents in step that are only changed together', async () => {
      const both = (transaction: Transaction) =>
        pipe(
          increment(at('left'))(transaction),
          TE.map((count) => transaction.set(at('right'), { count })),
        );
      await Promise.all(Array.from({ length: 10 }, () => done(transact(both))));
      assert.deepEqual(await dataOf(at('left')), { count: 10 });
      assert.deepEqual(await dataOf(at('right')), { count: 10 });
    });

    it('do not overwrite what is created after they looked', async () => {
      const claim = transact((transaction) =>
        pipe(
          transaction.get(at('claim')),
          TE.map((found) => {
            if (O.isSome(found)) return 'exists' as const;
            transaction.set(at('claim'), { by: 'transaction' });
            return 'created' as const;
          }),
        ),
      );
      const [claimed, created] = await Promise.all([
        done(claim),
        create(at('claim'), { by: 'create' }),
      ]);
      assert.deepEqual(new Set([claimed, created]), new Set(['created', 'exists']));
      assert.deepEqual(await dataOf(at('claim')), {
        by: claimed === 'created' ? 'transaction' : 'create',
      });
    });
  });
};
