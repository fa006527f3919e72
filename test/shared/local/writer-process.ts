import { join } from 'node:path';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { diskDocumentStore } from '../../../shared/local/disk-document-store.js';
import { diskObjectStore } from '../../../shared/local/disk-object-store.js';
import { done } from '../../contract/store-under-test.js';
import { contentOf } from './content-of-turn.js';

/**
 * A program that writes to the stores below a folder until it is killed: turn after turn one
 * object and one transaction, each turn going on from the last one that it finds. It prints the
 * number of every turn whose writes have been answered.
 */
const [folder = ''] = process.argv.slice(2);
const objects = diskObjectStore(join(folder, 'objects'), join(folder, 'records'));
const documents = diskDocumentStore(join(folder, 'documents'));
const head = { collection: 'control', document: 'head' };

const found = O.toUndefined(await done(documents.get(head)));
for (let turn = 1 + Number(found?.turn ?? 0); ; turn++) {
  const key = `folder/${turn % 3}`;
  const present = O.toUndefined(await done(objects.head(key)));
  await done(
    objects.write(key, contentOf(turn), {
      ifGenerationMatch: present?.generation ?? 0,
      contentType: 'text/plain',
      metadata: { turn: String(turn) },
    }),
  );
  await done(
    documents.transact((transaction) =>
      TE.fromIO(() => {
        transaction.set(head, { turn });
        transaction.set({ collection: 'ledger', document: String(turn) }, { turn });
      }),
    ),
  );
  process.stdout.write(`${turn}\n`);
}
