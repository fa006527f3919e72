import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { firestoreDocumentStore } from '../../shared/gcp/document-store.js';
import { diskDocumentStore } from '../../shared/local/disk-document-store.js';
import { memoryDocumentStore } from '../../shared/local/memory-document-store.js';
import type {
  DocumentData,
  DocumentPath,
  DocumentStore,
  Transaction,
} from '../../shared/ports/document-store.js';
import { describeAdapterWithEmulators } from '../emulator/emulator.js';
import { newFolder } from '../shared/local/temporary-folder.js';
import { done, type Opened, openedForEach } from './store-under-test.js';

const at = (document: string, collection = 'things'): DocumentPath => ({
  collection,
  document,
});

/** A document store in the words of its tests. */
const documentAccess = (store: () => DocumentStore) => {
  const create = (path: DocumentPath, data: DocumentData) => done(store().create(path, data));
  const transact: DocumentStore['transact'] = (body) => store().transact(body);
  const set = (path: DocumentPath, data: DocumentData) =>
    done(transact((transaction) => TE.fromIO(() => transaction.set(path, data))));
  const dataOf = async (path: DocumentPath): Promise<DocumentData | undefined> =>
    O.toUndefined(await done(store().get(path)));
  const list = (collection: string) => done(store().list(collection));

  return { create, transact, set, dataOf, list };
};

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
const describeTransactions = (store: () => DocumentStore): void => {
  const { create, transact, set, dataOf, list } = documentAccess(store);

  describe('transactions', () => {
    it('read committed data and return the result of their body', async () => {
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

    it('write nothing if their body fails, and return its failure', async () => {
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

    it('lose no increment of twenty concurrent ones', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => done(transact(increment(at('counter'))))),
      );
      assert.deepEqual(await dataOf(at('counter')), { count: 20 });
      assert.deepEqual(
        [...answers].sort((a, b) => a - b),
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
    });

    it('keep two documents consistent that are changed together', async () => {
      const both = (transaction: Transaction) =>
        pipe(
          increment(at('left'))(transaction),
          TE.map((count) => transaction.set(at('right'), { count })),
        );
      await Promise.all(Array.from({ length: 10 }, () => done(transact(both))));
      assert.deepEqual(await dataOf(at('left')), { count: 10 });
      assert.deepEqual(await dataOf(at('right')), { count: 10 });
    });

    it('do not overwrite a document that was created after their read', async () => {
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

const ODD_NAMES: readonly string[] = [
  'with space',
  'Überläufe-币安-🪙',
  '100%',
  '%2e',
  '%',
  '.',
  '..',
  '.hidden',
  '..beginning',
  '...',
  '__reserved__',
  '____',
  '__',
  `quotes '"\``,
  'shell !~*()$&;|<>?',
  'back\\slash',
  'a:b',
  'taken',
  'taken.json',
  'taken.json.json',
  'taken.tmp',
  'taken.json.tmp',
  'x'.repeat(200),
];

/** What JSON can say and every document database can hold: no array directly in an array. */
const NESTED: DocumentData = {
  text: 'ünïcödé 币 🪙 "quoted" \\ \n',
  empty: '',
  yes: true,
  no: false,
  nothing: null,
  zero: 0,
  negative: -17,
  fraction: 0.30000000000000004,
  tiny: 5e-324,
  huge: Number.MAX_SAFE_INTEGER,
  list: [1, 'two', null, false, { three: [3] }, {}],
  emptyList: [],
  emptyRecord: {},
  'a field.with dots and spaces': { 币: { deep: { deeper: [{ deepest: 'here' }] } } },
};

/** What every document store must do, run against one adapter. */
const describeDocumentStore = (name: string, make: () => Promise<Opened<DocumentStore>>): void => {
  describe(`the document store ${name}`, () => {
    const opened = openedForEach(make);

    const { create, transact, set, dataOf, list } = documentAccess(() => opened().store);

    describe('creating', () => {
      it('finds nothing where nothing was written', async () => {
        assert.deepEqual(await done(opened().store.get(at('a'))), O.none);
        assert.deepEqual(await list('things'), []);
      });

      it('creates a document once and leaves it alone afterwards', async () => {
        assert.equal(await create(at('a'), { first: true }), 'created');
        assert.equal(await create(at('a'), { second: true }), 'exists');
        assert.deepEqual(await dataOf(at('a')), { first: true });
      });

      it('does not create what a transaction has set', async () => {
        await set(at('a'), { set: true });
        assert.equal(await create(at('a'), { created: true }), 'exists');
        assert.deepEqual(await dataOf(at('a')), { set: true });
      });

      it('allows exactly one of ten concurrent creations', async () => {
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, racer) => create(at('a'), { racer })),
        );
        assert.equal(answers.filter((answer) => answer === 'created').length, 1);
        assert.deepEqual(await dataOf(at('a')), { racer: answers.indexOf('created') });
      });

      it('separates two collections', async () => {
        await create(at('a', 'one'), { in: 'one' });
        assert.equal(await create(at('a', 'two'), { in: 'two' }), 'created');
        assert.deepEqual(await dataOf(at('a', 'one')), { in: 'one' });
      });
    });

    describe('content and names', () => {
      it('returns nested values unchanged, created or set', async () => {
        await create(at('created'), NESTED);
        await set(at('set'), NESTED);
        assert.deepEqual(await dataOf(at('created')), NESTED);
        assert.deepEqual(await dataOf(at('set')), NESTED);
        assert.deepEqual(
          (await list('things')).map(({ data }) => data),
          [NESTED, NESTED],
        );
      });

      it('holds a document without fields', async () => {
        assert.equal(await create(at('a'), {}), 'created');
        assert.deepEqual(await dataOf(at('a')), {});
        assert.equal(await create(at('a'), {}), 'exists');
      });

      it('keeps a document apart from the values of its writer and its readers', async () => {
        await done(
          transact((transaction) =>
            TE.fromIO(() => {
              const list = [1];
              transaction.set(at('a'), { list });
              list.push(2);
            }),
          ),
        );
        const read = await dataOf(at('a'));
        if (Array.isArray(read?.list)) read.list.push(3);
        assert.deepEqual(await dataOf(at('a')), { list: [1] });
      });

      it('keeps documents with odd names apart, and lists each by its name', async () => {
        for (const name of ODD_NAMES)
          assert.equal(await create(at(name), { name }), 'created', name);
        for (const name of ODD_NAMES) assert.deepEqual(await dataOf(at(name)), { name });
        const listed = await list('things');
        assert.deepEqual(
          new Map(listed.map(({ document, data }) => [document, data])),
          new Map(ODD_NAMES.map((name) => [name, { name }])),
        );
      });

      it('distinguishes upper and lower case', async function () {
        if (opened().foldsCase) return this.skip();
        await create(at('Name'), { case: 'upper' });
        assert.equal(await create(at('name'), { case: 'lower' }), 'created');
        assert.deepEqual(await dataOf(at('Name')), { case: 'upper' });
      });
    });

    describe('listing', () => {
      it('ascends by name, within one collection only', async () => {
        for (const name of ['b', '00000010', 'a', '00000009', 'ab', 'a-1'])
          await create(at(name), { name });
        await create(at('elsewhere', 'thing'), {});
        await create(at('elsewhere', 'things-too'), {});
        await create(at('below', 'things/a/parts'), {});
        assert.deepEqual(
          (await list('things')).map(({ document }) => document),
          ['00000009', '00000010', 'a', 'a-1', 'ab', 'b'],
        );
        assert.deepEqual(await list('things/a/parts'), [{ document: 'below', data: {} }]);
      });

      it('ascends by UTF-16 code units, and by names as they are', async () => {
        // By code points, as by UTF-8, the coin would come last; encoded, the reserved name first.
        const names = ['..', 'Z', '__reserved__', 'a', '\ud83e\ude99', '\uff5e'];
        for (const name of [...names].reverse()) await create(at(name), { name });
        assert.deepEqual(
          (await list('things')).map(({ document }) => document),
          names,
        );
      });

      it('shows a document once, with its latest data', async () => {
        for (const turn of [1, 2, 3]) await set(at('a'), { turn });
        assert.deepEqual(await list('things'), [{ document: 'a', data: { turn: 3 } }]);
      });
    });

    describeTransactions(() => opened().store);
  });
};

const ABORTED = 10;

/** The emulator makes a project's database when it is first spoken to. */
const newDatabase = (): Firestore => new Firestore({ projectId: `demo-${randomUUID()}` });

/** A database whose first transaction loses its first read to another one. */
const contended = (): Firestore => {
  const firestore = newDatabase();
  const run = firestore.runTransaction.bind(firestore);
  let lost = false;
  firestore.runTransaction = (body, options) =>
    run((transaction) => {
      const { get } = transaction;
      if (!lost)
        transaction.get = () => {
          lost = true;
          transaction.get = get;
          return Promise.reject(Object.assign(new Error('contention'), { code: ABORTED }));
        };
      return body(transaction);
    }, options);
  return firestore;
};

describeAdapterWithEmulators('Firestore', () => {
  describeDocumentStore('on Firestore', async () => {
    const firestore = newDatabase();
    return {
      store: firestoreDocumentStore(firestore),
      cleanup: () => firestore.terminate(),
    };
  });

  it('runs a transaction again when one of its reads meets contention', async () => {
    const firestore = contended();
    const store = firestoreDocumentStore(firestore);
    assert.deepEqual(await done(store.transact((transaction) => transaction.get(at('a')))), O.none);
    await firestore.terminate();
  });
});

describeDocumentStore('in memory', async () => ({
  store: memoryDocumentStore(),
  cleanup: async () => undefined,
}));

describeDocumentStore('on disk', async () => {
  const { path, remove, foldsCase } = await newFolder();
  return { store: diskDocumentStore(path), cleanup: remove, foldsCase };
});
