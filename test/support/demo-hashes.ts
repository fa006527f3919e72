import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileHashes } from './file-hashes.js';

/**
 * What is published, and its evidence: with the same commit, the same bytes on any machine. The
 * rest of a state folder names the operator, or is the embedded runtime's own.
 */
const FOLDERS = ['bucket', 'firestore/strategy', 'output'];

const committed = join(import.meta.dirname, '../golden/demo/sha256sums');

/**
 * The hashes of what the demo month leaves, by path below the state folder, as sha256sum has them.
 */
export const demoHashes = (state: string): string => {
  const lines = FOLDERS.flatMap((folder) =>
    Object.entries(fileHashes(join(state, folder))).map(
      ([path, hash]) => `${hash}  ${folder}/${path}\n`,
    ),
  );
  return lines.join('');
};

export const committedDemoHashes = (): string => readFileSync(committed, 'utf8');
