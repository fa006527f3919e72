import { DEFAULTS } from '../contract/constants.js';

/** The part of `@google-cloud/firestore`'s client in use, so that callers may omit the library. */
export interface FirestoreLike {
  readonly doc: (path: string) => {
    readonly get: () => Promise<{ readonly data: () => unknown }>;
  };
}

/** Reads the summary document with a Firestore client; undefined where it does not exist. */
export const readFirestoreDocument =
  (
    firestore: FirestoreLike,
    path: string = `${DEFAULTS.firestoreCollection}/${DEFAULTS.firestoreDocument}`,
  ): (() => Promise<unknown>) =>
  async () =>
    (await firestore.doc(path).get()).data();
