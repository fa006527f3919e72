import { isUtf8 } from 'node:buffer';
import * as E from 'fp-ts/lib/Either.js';
import type { InputProblem } from './input-problems.js';

const EXPECTED = 'UTF-8 text';

const startsWith = (bytes: Uint8Array, ...prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

/** The text of a UTF-8 file, without its byte-order mark if it has one. */
export const decodeText = (bytes: Uint8Array): E.Either<readonly InputProblem[], string> => {
  const reject = (got: string) => E.left([{ expected: EXPECTED, got }]);
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    return reject('a UTF-16 byte-order mark');
  }
  if (!isUtf8(bytes)) return reject('bytes that are not UTF-8');
  // UTF-16 without a mark is valid UTF-8 full of zero bytes.
  if (bytes.includes(0)) return reject('zero bytes, as in UTF-16 or a binary file');
  // Decoding drops a UTF-8 byte-order mark.
  return E.right(new TextDecoder().decode(bytes));
};
