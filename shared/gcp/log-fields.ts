import { isSecretName, redacted } from '../redact.js';

// Cloud Logging refuses entries above 256 KiB, and a character may take three bytes.
const MAXIMUM_MESSAGE = 65_536;
const MAXIMUM_FACT = 4_096;
const MAXIMUM_FACTS = 16_384;
const MAXIMUM_NAME = 128;
const MAXIMUM_ENTRIES = 50;
const MAXIMUM_DEPTH = 4;

const cut = (text: string, length: number): string =>
  // Half of a surrogate pair is no character.
  text.length <= length ? text : `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** Without secrets, then cut: a secret that is cut would be known no more. */
const safe = (text: string, length: number): string =>
  // What lies far behind the cut is not worth the search.
  cut(redacted(text.slice(0, 2 * length + MAXIMUM_FACT)), length);

/** Long enough for the longest explanation that a step gives. */
export const boundedMessage = (message: string): string => safe(message, MAXIMUM_MESSAGE);

/** The stacks of an error and of what caused it. */
export const stackOf = (error: Error): string => {
  const stacks: string[] = [];
  let next: unknown = error;
  while (next instanceof Error && stacks.length < MAXIMUM_DEPTH) {
    stacks.push(next.stack ?? String(next));
    next = next.cause;
  }
  return safe(stacks.join('\nCaused by: '), MAXIMUM_FACTS);
};

/**
 * Facts as plain JSON values of bounded size: long texts, deep nesting and long lists are cut, what
 * looks like a secret by its name or its shape is replaced, and what JSON cannot carry (a cycle, a bigint, NaN) becomes
 * text. Never throws, whatever the facts are.
 */
export const boundedFields = (
  facts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  let room = MAXIMUM_FACTS;
  const text = (value: string): string => {
    const short = safe(value, Math.min(MAXIMUM_FACT, room));
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
  return Object.fromEntries(Object.entries(facts).map((pair) => entry(MAXIMUM_DEPTH, pair)));
};
