import { hash } from 'node:crypto';
import type { Sha256 } from './primitives.js';

/** SHA-256 of bytes, or of text encoded as UTF-8. */
export const sha256 = (content: Uint8Array | string): Sha256 =>
  // The hex digest is always 64 lower-case hexadecimal digits.
  hash('sha256', content, 'hex') as Sha256;

/** Why a value has no JSON form of its own; undefined where it has one. */
const nonJsonReason = (value: unknown): string | undefined => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : String(value);
    case 'object': {
      if (value === null || Array.isArray(value)) return undefined;
      const prototype: unknown = Object.getPrototypeOf(value);
      return prototype === Object.prototype || prototype === null
        ? undefined
        : `an instance of ${value.constructor.name}`;
    }
    default:
      return typeof value;
  }
};

/** `path` names the value for the error, e.g. `$.payload.reason`. */
const sorted = (value: unknown, path: string): unknown => {
  const reason = nonJsonReason(value);
  if (reason !== undefined)
    throw new TypeError(`canonical JSON: ${path}: expected a JSON value, got ${reason}`);
  if (Array.isArray(value))
    return value.map((member, index) => sorted(member, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // An absent key and one that is undefined are the same thing to a codec.
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => [key, sorted(member, `${path}.${key}`)]),
  );
};

/**
 * JSON text that does not depend on the order in which an object's keys were written. A key whose
 * value is undefined is left out. Throws a TypeError that names the path of what is not JSON: NaN
 * and infinities, functions, symbols, bigints, undefined in an array, and instances such as Date.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value, '$'));

const canonicalJsonIfAny = (value: unknown): string | undefined => {
  try {
    return canonicalJson(value);
  } catch {
    return undefined;
  }
};

/** True if both are the same JSON value; the order of keys does not matter. Never throws. */
export const isSameJson = (one: unknown, other: unknown): boolean => {
  const text = canonicalJsonIfAny(one);
  return text !== undefined && text === canonicalJsonIfAny(other);
};
