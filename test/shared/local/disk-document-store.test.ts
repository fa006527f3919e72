import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { diskDocumentStore } from '../../../shared/local/disk-document-store.js';
import type { DocumentData, DocumentStore } from '../../../shared/ports/document-store.js';
import { done } from '../../contract/store-under-test.js';
import { fileHashes } from '../../support/file-hashes.js';
import { killedAtStep } from './failing-disk.js';
import { type NewFolder, newFolder } from './temporary-folder.js';

/** Which turn wrote each document; the turns before the first wrote nothing. */
interface Turns {
  readonly head: unknown;
  readonly entries: readonly string[];
}

describe('documents on disk', () => {
  let folder: NewFolder;
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(() => folder.remove());

  /** As a process that has just started sees them. */
  const reopened = (): DocumentStore => diskDocumentStore(folder.path);

  /** Like a promotion: moves the head, appends to the ledger. Three documents, two collections. */
  const takeTurn = (store: DocumentStore, turn: number): Promise<void> =>
    done(
      store.transact((transaction) =>
        TE.fromIO(() => {
          transaction.set({ collection: 'control', document: 'head' }, { turn });
          transaction.set({ collection: 'ledger', document: `${turn}` }, { turn });
          transaction.set({ collection: 'ledger', document: `${turn}-note` }, { turn });
        }),
      ),
    );
  const seen = async (store: DocumentStore): Promise<Turns> => {
    const head = await done(store.get({ collection: 'control', document: 'head' }));
    const entries = await done(store.list('ledger'));
    for (const { document, data } of entries) {
      assert.deepEqual(await done(store.get({ collection: 'ledger', document })), O.some(data));
      assert.equal(document.split('-')[0], String(data.turn));
    }
    return {
      head: O.toUndefined(head)?.turn,
      entries: entries.map(({ document }) => document),
    };
  };
  const afterTurn: readonly Turns[] = [
    { head: undefined, entries: [] },
    { head: 1, entries: ['1', '1-note'] },
    { head: 2, entries: ['1', '1-note', '2', '2-note'] },
  ];

  for (const turn of [1, 2]) {
    const old = afterTurn[turn - 1];
    const wanted = afterTurn[turn];
    const prepare = async (): Promise<void> => {
      await rm(folder.path, { recursive: true, force: true });
      if (turn === 2) await takeTurn(reopened(), 1);
    };
    const attempt = (): Promise<void> => takeTurn(reopened(), turn).catch(() => undefined);

    it(`are all old or all new, whenever the process of transaction ${turn} was killed`, async () => {
      const heads: unknown[] = [];
      for (let step = 1; ; step++) {
        await prepare();
        if (!(await killedAtStep(step, attempt))) break;
        const found = await seen(reopened());
        assert.deepEqual(found, found.head === turn ? wanted : old, `killed at step ${step}`);
        heads.push(found.head);

        // The next writer brings the files up to it, and nothing is left lying about.
        await done(reopened().create({ collection: 'other', document: 'a' }, {}));
        assert.deepEqual(await seen(reopened()), found);
        assert.ok(!(await readdir(folder.path)).includes('.journal.json'));
        await takeTurn(reopened(), turn);
        assert.deepEqual(await seen(reopened()), wanted);
      }
      const commit = heads.indexOf(turn);
      assert.ok(commit > 0 && heads.length > commit, 'the commit lies within the steps');
      assert.ok(
        heads.slice(commit).every((head) => head === turn),
        'there is one commit',
      );
    });

    it(`are healed of the death in transaction ${turn} even by writers who are killed too`, async () => {
      for (let step = 1; ; step++) {
        await prepare();
        if (!(await killedAtStep(step, attempt))) break;
        const { head } = await seen(reopened());
        let died = true;
        for (let later = 1; died; later++) {
          const noise = reopened().create({ collection: 'other', document: `${later}` }, {});
          died = await killedAtStep(later, noise);
          assert.deepEqual(await seen(reopened()), head === turn ? wanted : old);
        }
      }
    });
  }

  it('are read without a change to the disk, also after a killed writer', async () => {
    for (let step = 1; ; step++) {
      await rm(folder.path, { recursive: true, force: true });
      if (!(await killedAtStep(step, () => takeTurn(reopened(), 1).catch(() => undefined)))) break;
      const before = fileHashes(folder.path);
      await seen(reopened());
      assert.deepEqual(fileHashes(folder.path), before, `killed at step ${step}`);
    }
  });

  it('are read by another process as they were or are, while they are written', async () => {
    const [writer, reader] = [reopened(), reopened()];
    let writing = true;
    let latest = 0;
    let reads = 0;
    const reading = (async () => {
      while (writing) {
        const found = await done(reader.get({ collection: 'control', document: 'head' }));
        const head = Number(O.toUndefined(found)?.turn ?? 0);
        assert.ok(head >= latest, `turn ${head} after turn ${latest}`);
        latest = head;
        reads += 1;
      }
    })();
    for (let turn = 1; turn <= 60; turn++) await takeTurn(writer, turn);
    writing = false;
    await reading;
    assert.ok(reads > 0, 'the reader has read');
    assert.equal((await seen(reopened())).head, 60);
  });

  it('are readable files, one a document', async () => {
    const data: DocumentData = { symbols: ['币USDT'], seq: 1 };
    await done(reopened().create({ collection: 'control', document: 'head' }, data));
    assert.equal(
      readFileSync(join(folder.path, 'control', 'head.json'), 'utf8'),
      '{\n  "symbols": [\n    "币USDT"\n  ],\n  "seq": 1\n}\n',
    );
    assert.deepEqual(await readdir(folder.path), ['control']);
  });

  it('are never outside of their folder, nor in place of the journal', async () => {
    const paths = [
      { collection: '..', document: 'a' },
      { collection: 'a/../..', document: '..' },
      { collection: '.journal.json', document: 'a' },
      { collection: 'a', document: 'b' },
      { collection: 'a/b.json', document: 'c' },
    ];
    for (const path of paths) await done(reopened().create(path, { ...path }));
    for (const path of paths)
      assert.deepEqual(await done(reopened().get(path)), O.some({ ...path }));
    assert.deepEqual((await readdir(join(folder.path, '..'))).sort(), ['Probe', 'state']);
  });

  for (const [what, spoil, sentence] of [
    ['not JSON', '{"turn":', /^control\/head: not JSON: /],
    [
      'no record',
      '"text"',
      /^control\/head: expected document, got "text"\. Move .*head\.json elsewhere/,
    ],
  ] as const)
    it(`fail with a sentence that names them when their file is ${what}`, async () => {
      const path = { collection: 'control', document: 'head' };
      await takeTurn(reopened(), 1);
      await writeFile(join(folder.path, 'control', 'head.json'), spoil);
      const alone = await reopened().get(path)();
      const inside = await reopened().transact((transaction) =>
        pipe(
          transaction.get(path),
          TE.map(() => 'read'),
        ),
      )();
      for (const result of [alone, inside]) {
        assert.ok(E.isLeft(result), 'it was read');
        assert.equal(result.left.code, 'contract-invalid');
        assert.match(result.left.message, sentence);
      }
    });
});
