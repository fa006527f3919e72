import * as E from 'fp-ts/lib/Either.js';
import { textOfUtf8, utf8 } from '../codec/bytes.js';
import { type Failure, permanent } from '../codec/failure.js';
import type { Attributes } from './publisher.js';

/** What Pub/Sub accepts in the attributes of one message. It counts bytes of UTF-8, not characters. */
export const ATTRIBUTE_LIMITS = { count: 100, keyBytes: 256, valueBytes: 1024 } as const;

const MAXIMUM_SHOWN = 40;
const ELLIPSIS = '…';

const shortened = (key: string): string =>
  key.length > MAXIMUM_SHOWN ? `${key.slice(0, MAXIMUM_SHOWN)}${ELLIPSIS}` : key;

const textProblem = (what: string, text: string, limit: number): string | undefined => {
  const bytes = utf8(text);
  if (bytes.length > limit)
    return `${what}: expected at most ${limit} bytes in UTF-8, got ${bytes.length} bytes (${[...text].length} characters)`;
  // Half of a surrogate pair has no encoding: the service would refuse the whole request.
  return textOfUtf8(bytes) === text
    ? undefined
    : `${what}: expected Unicode text, got a lone surrogate`;
};

/** Why Pub/Sub would refuse a value, or undefined if it would not. `what` names the value. */
export const valueProblem = (what: string, value: string): string | undefined =>
  textProblem(what, value, ATTRIBUTE_LIMITS.valueBytes);

/** The attributes, or a permanent failure that names the one which Pub/Sub would refuse. */
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

/** The text as an attribute can hold it: cut between characters where it has too many bytes. */
export const fittingValue = (text: string): string => {
  const { valueBytes } = ATTRIBUTE_LIMITS;
  const whole = utf8(text);
  // Encoding has put U+FFFD in the place of a lone surrogate, which decoding keeps.
  if (whole.length <= valueBytes) return textOfUtf8(whole) ?? '';
  const kept = new Uint8Array(valueBytes - utf8(ELLIPSIS).length);
  const { written } = new TextEncoder().encodeInto(text, kept);
  return `${textOfUtf8(kept.subarray(0, written)) ?? ''}${ELLIPSIS}`;
};
