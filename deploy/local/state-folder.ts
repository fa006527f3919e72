import { join } from 'node:path';

/** Where everything lies in the embedded runtime's state folder. */
export interface StateFolder {
  readonly root: string;
  /** The contract's `data/output`. */
  readonly output: string;
  /** Objects under their own names. */
  readonly objects: (bucket: string, rootPrefix: string) => string;
  readonly objectRecords: (bucket: string, rootPrefix: string) => string;
  readonly documents: string;
  readonly queue: string;
  /** What later commands remember of earlier ones. */
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
