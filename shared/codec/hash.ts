import { hash } from 'node:crypto';
import type { Sha256 } from './primitives.js';

/** SHA-256 of bytes, or of the UTF-8 form of a text. */
export const sha256 = (content: Uint8Array | string): Sha256 =>
  // 64 lower-case hex digits are what this digest is.
  hash('sha256', content, 'hex') as Sha256;

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => [key, sorted(member)]),
  );
};

/** JSON text that does not depend on the order in which an object's keys were written. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value));
