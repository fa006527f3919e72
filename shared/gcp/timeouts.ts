/**
 * Timeouts of operations, including retries, and of connections. All in milliseconds. README.md
 * explains each bound.
 */
export interface Bounds {
  /** After this much inactivity during a call, gRPC sends a ping. */
  readonly keepalive: number;
  /**
   * Without an answer to the ping for this long, gRPC closes the connection and fails its calls.
   */
  readonly keepaliveTimeout: number;
  /** One Firestore operation; a transaction counts as one. */
  readonly document: number;
  /** One published message. */
  readonly publish: number;
  /** One Cloud Storage operation: all attempts, pages and bytes. */
  readonly object: number;
  /** One Cloud Storage request until the response begins, and each pause within the response. */
  readonly objectRequest: number;
}

/**
 * One delivery has 540 s. A call on a dead connection fails after at most `keepalive` plus
 * `keepaliveTimeout`, which leaves time to succeed on a new connection.
 */
export const BOUNDS: Bounds = {
  keepalive: 20_000,
  keepaliveTimeout: 8_000,
  document: 120_000,
  publish: 60_000,
  object: 120_000,
  objectRequest: 30_000,
};
