import { join } from 'node:path';

/** The paths in the embedded runtime's state folder. */
export interface StateFolder {
  readonly root: string;
  /** The contract's `data/output`. */
  readonly output: string;
  /** Object files; each has its key as path. */
  readonly objects: (bucket: string, rootPrefix: string) => string;
  readonly objectRecords: (bucket: string, rootPrefix: string) => string;
  readonly documents: string;
  readonly queue: string;
  /** The options of the last run, for later commands. */
  readonly stateFile: string;
}

export const stateFolder = (root: string): StateFolder => ({
  root,
  output: join(root, 'output'),
  objects: (bucket, rootPrefix) => join(root, 'bucket', bucket, rootPrefix),
  objectRecords: (bucket, rootPrefix) => join(root, 'object-metadata', bucket, rootPrefix),
  documents: join(root, 'firestore'),
  queue: join(root, 'pubsub'),
  stateFile: join(root, 'state.json'),
});
