import * as E from 'fp-ts/lib/Either.js';
import { textOfUtf8, utf8 } from '../codec/bytes.js';
import { type Failure, permanent } from '../codec/failure.js';
import type { Attributes } from './publisher.js';

/** The limits of Pub/Sub for the attributes of one message, in bytes of UTF-8. */
const ATTRIBUTE_LIMITS = { count: 100, keyBytes: 256, valueBytes: 1024 } as const;

const MAX_SHOWN_LENGTH = 40;
const ELLIPSIS = '…';

const shortened = (key: string): string =>
  key.length > MAX_SHOWN_LENGTH ? `${key.slice(0, MAX_SHOWN_LENGTH)}${ELLIPSIS}` : key;

const textProblem = (what: string, text: string, limit: number): string | undefined => {
  const bytes = utf8(text);
  if (bytes.length > limit)
    return `${what}: expected at most ${limit} bytes in UTF-8, got ${bytes.length} bytes (${[...text].length} characters)`;
  // A lone surrogate cannot be encoded, and Pub/Sub would reject the whole request.
  return textOfUtf8(bytes) === text
    ? undefined
    : `${what}: expected Unicode text, got a lone surrogate`;
};

/** The reason why Pub/Sub would reject a value, or undefined. `what` names the value. */
export const valueProblem = (what: string, value: string): string | undefined =>
  textProblem(what, value, ATTRIBUTE_LIMITS.valueBytes);

/** The attributes, or a permanent failure that names the attribute that Pub/Sub would reject. */
export const withinLimits = (attributes: Attributes): E.Either<Failure, Attributes> => {
  const reject = (problem: string) => E.left(permanent('malformed-input', problem));
  const entries = Object.entries(attributes);
  const { count, keyBytes } = ATTRIBUTE_LIMITS;
  if (entries.length > count)
    return reject(`attributes: expected at most ${count}, got ${entries.length}`);
  for (const [key, value] of entries) {
    const problem =
      textProblem(`attribute key ${shortened(key)}`, key, keyBytes) ??
      valueProblem(`attribute ${key}`, value);
    if (problem !== undefined) return reject(problem);
  }
  return E.right(attributes);
};

/** Truncates text, between characters, to the size limit of an attribute value. */
export const fittingValue = (text: string): string => {
  const { valueBytes } = ATTRIBUTE_LIMITS;
  const encoded = utf8(text);
  // Encoding replaces a lone surrogate with U+FFFD, which decoding preserves.
  if (encoded.length <= valueBytes) return textOfUtf8(encoded) ?? '';
  const truncated = new Uint8Array(valueBytes - utf8(ELLIPSIS).length);
  const { written } = new TextEncoder().encodeInto(text, truncated);
  return `${textOfUtf8(truncated.subarray(0, written)) ?? ''}${ELLIPSIS}`;
};
