import * as E from 'fp-ts/lib/Either.js';
import { jsonText, textOfUtf8 } from '../../codec/bytes.js';
import { errorTexts, parseJson, shown } from '../../codec/decode.js';
import {
  type ExactObject,
  type Fields,
  type TypeOfFields,
  validFields,
} from '../../codec/exact-object.js';
import type { Problem } from './problem.js';

export interface JsonPart<A> {
  /** The JSON value; undefined if the file is missing or not JSON. */
  readonly raw: unknown;
  /** The valid fields. */
  readonly sound: Partial<A>;
  readonly problems: readonly Problem[];
}

export const malformed = (file: string, sentence: string): Problem => ({
  code: 'malformed',
  message: `${file}: ${sentence}`,
});

export const NOT_UTF8 = 'expected UTF-8 text, got other bytes';

const inexactBytes = (file: string, expected: string, got: string): readonly Problem[] => {
  if (expected === got) return [];
  const expectedLines = expected.split('\n');
  const actualLines = got.split('\n');
  const lines = Math.max(expectedLines.length, actualLines.length);
  const at = Array.from({ length: lines }).findIndex(
    (_, line) => expectedLines[line] !== actualLines[line],
  );
  const expectation =
    at < expectedLines.length ? `exactly ${shown(expectedLines[at])}` : 'no more lines';
  const message = `${file}: line ${at + 1}: expected ${expectation}, got ${shown(actualLines[at])}`;
  return [{ code: 'bytes', message }];
};

/** Reads the valid parts of a JSON artifact. A missing file is reported elsewhere. */
export const readJsonPart = <R extends Fields, O extends Fields>(
  codec: ExactObject<R, O>,
  file: string,
  bytes: Uint8Array | undefined,
): JsonPart<TypeOfFields<R, O>> => {
  const unreadable = (problems: readonly Problem[]) => ({ raw: undefined, sound: {}, problems });
  if (bytes === undefined) return unreadable([]);
  const text = textOfUtf8(bytes);
  if (text === undefined) return unreadable([malformed(file, NOT_UTF8)]);
  const parsed = parseJson(file)(text);
  if (E.isLeft(parsed)) return unreadable([{ code: 'malformed', message: parsed.left.message }]);
  const raw = parsed.right;
  const decoded = codec.decode(raw);
  if (E.isLeft(decoded)) {
    const problems = errorTexts(decoded.left).map((sentence) => malformed(file, sentence));
    return { raw, sound: validFields(codec, raw), problems };
  }
  const exact = jsonText(codec.encode(decoded.right));
  return { raw, sound: decoded.right, problems: inexactBytes(file, exact, text) };
};
