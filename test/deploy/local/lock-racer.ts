import { createInterface } from 'node:readline';
import * as E from 'fp-ts/lib/Either.js';
import { lockFolder } from '../../../deploy/local/folder-lock.js';

/** A program that locks every folder named on its stdin and holds the locks that it gets. */
for await (const folder of createInterface({ input: process.stdin })) {
  const lock = lockFolder(folder);
  process.stdout.write(E.isRight(lock) ? 'held\n' : `${lock.left.message}\n`);
}
