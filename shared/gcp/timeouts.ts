/**
 * How long one operation may take, with all its tries, and when a connection counts as dead. All in
 * milliseconds. README.md says what each bound protects.
 */
export interface Bounds {
  /** After this much silence during a call, gRPC asks the peer for a sign of life. */
  readonly keepalive: number;
  /** Without that sign for this long, gRPC gives up the connection and every call on it. */
  readonly keepaliveTimeout: number;
  /** One Firestore operation; a transaction counts as one. */
  readonly document: number;
  /** One message that is published. */
  readonly publish: number;
  /** One Cloud Storage operation: all tries, all pages, all bytes. */
  readonly object: number;
  /** One request to Cloud Storage until its answer begins, and each silence within the answer. */
  readonly objectRequest: number;
}

/**
 * One delivery has 540 s. A call on a dead connection fails after at most `keepalive` plus
 * `keepaliveTimeout`, and still has time to succeed on a new one.
 */
export const BOUNDS: Bounds = {
  keepalive: 20_000,
  keepaliveTimeout: 8_000,
  document: 120_000,
  publish: 60_000,
  object: 120_000,
  objectRequest: 30_000,
};
