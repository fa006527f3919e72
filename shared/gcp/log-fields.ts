import { isSecretName, redacted } from '../redact.js';

// Cloud Logging refuses entries above 256 KiB, and a character may take three bytes.
const MAX_MESSAGE_LENGTH = 65_536;
const MAX_FIELD_LENGTH = 4_096;
const MAX_FIELDS_LENGTH = 16_384;
const MAXIMUM_NAME = 128;
const MAXIMUM_ENTRIES = 50;
const MAXIMUM_DEPTH = 4;

const cut = (text: string, length: number): string =>
  // Removes a lone surrogate at the cut.
  text.length <= length ? text : `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** Without secrets, then cut: a secret that is cut would be known no more. */
const safe = (text: string, length: number): string =>
  // Text far beyond the cut need not be searched.
  cut(redacted(text.slice(0, 2 * length + MAX_FIELD_LENGTH)), length);

/** Long enough for the longest explanation that a step gives. */
export const boundedMessage = (message: string): string => safe(message, MAX_MESSAGE_LENGTH);

/** The stacks of an error and of what caused it. */
export const stackOf = (error: Error): string => {
  const stacks: string[] = [];
  let next: unknown = error;
  while (next instanceof Error && stacks.length < MAXIMUM_DEPTH) {
    stacks.push(next.stack ?? String(next));
    next = next.cause;
  }
  return safe(stacks.join('\nCaused by: '), MAX_FIELDS_LENGTH);
};

/**
 * Fields as plain JSON values of bounded size. Long texts, deep nesting and long lists are cut,
 * likely secrets are redacted by name or shape, and values that JSON cannot represent (a cycle, a
 * bigint, NaN) become text. Never throws.
 */
export const boundedFields = (
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  let room = MAX_FIELDS_LENGTH;
  const text = (value: string): string => {
    const short = safe(value, Math.min(MAX_FIELD_LENGTH, room));
    room = Math.max(0, room - short.length);
    return short;
  };
  const entry = (depth: number, [name, value]: readonly [string, unknown]) =>
    [safe(name, MAXIMUM_NAME), isSecretName(name) ? '[redacted]' : bounded(depth, value)] as const;
  const object = (depth: number, value: object): unknown => {
    if (value instanceof Error) return text(`${value.name}: ${value.message}`);
    if (value instanceof Date) return text(String(JSON.stringify(value)).replaceAll('"', ''));
    if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
    if (depth === 0) return Array.isArray(value) ? `${value.length} entries` : 'an object';
    return Array.isArray(value)
      ? value.slice(0, MAXIMUM_ENTRIES).map((element) => bounded(depth - 1, element))
      : Object.fromEntries(
          Object.entries(value)
            .slice(0, MAXIMUM_ENTRIES)
            .map((pair) => entry(depth - 1, pair)),
        );
  };
  const bounded = (depth: number, value: unknown): unknown => {
    switch (typeof value) {
      case 'object':
        try {
          return value === null ? null : object(depth, value);
        } catch {
          // A getter or a proxy that throws.
          return 'unreadable';
        }
      case 'function':
      case 'undefined':
        return undefined;
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      default:
        return text(String(value));
    }
  };
  return Object.fromEntries(Object.entries(fields).map((pair) => entry(MAXIMUM_DEPTH, pair)));
};
