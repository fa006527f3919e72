import assert from 'node:assert/strict';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { DocumentData, DocumentStore } from '../../shared/ports/document-store.js';
import { at, documentAccess } from './document-access.js';
import { describeTransactions } from './document-transactions.js';
import { done, type Opened, openedForEach } from './store-under-test.js';

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
export const describeDocumentStore = (
  name: string,
  make: () => Promise<Opened<DocumentStore>>,
): void => {
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

      it('lets exactly one of ten racing creators win', async () => {
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, racer) => create(at('a'), { racer })),
        );
        assert.equal(answers.filter((answer) => answer === 'created').length, 1);
        assert.deepEqual(await dataOf(at('a')), { racer: answers.indexOf('created') });
      });

      it('takes two collections for two places', async () => {
        await create(at('a', 'one'), { in: 'one' });
        assert.equal(await create(at('a', 'two'), { in: 'two' }), 'created');
        assert.deepEqual(await dataOf(at('a', 'one')), { in: 'one' });
      });
    });

    describe('content and names', () => {
      it('gives back nested values as they were, created or set', async () => {
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

      it('tells upper from lower case', async function () {
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
