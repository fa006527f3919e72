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
  /** The JSON value; undefined where there is none. */
  readonly raw: unknown;
  /** Its fields that decode. */
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
  const wanted = expected.split('\n');
  const found = got.split('\n');
  const lines = Math.max(wanted.length, found.length);
  const at = Array.from({ length: lines }).findIndex((_, line) => wanted[line] !== found[line]);
  const expectation = at < wanted.length ? `exactly ${shown(wanted[at])}` : 'no more lines';
  const message = `${file}: line ${at + 1}: expected ${expectation}, got ${shown(found[at])}`;
  return [{ code: 'bytes', message }];
};

/** Reads a JSON artifact as far as it can be read. A missing file says nothing here. */
export const readJsonPart = <R extends Fields, O extends Fields>(
  codec: ExactObject<R, O>,
  file: string,
  bytes: Uint8Array | undefined,
): JsonPart<TypeOfFields<R, O>> => {
  const nothing = (problems: readonly Problem[]) => ({ raw: undefined, sound: {}, problems });
  if (bytes === undefined) return nothing([]);
  const text = textOfUtf8(bytes);
  if (text === undefined) return nothing([malformed(file, NOT_UTF8)]);
  const parsed = parseJson(file)(text);
  if (E.isLeft(parsed)) return nothing([{ code: 'malformed', message: parsed.left.message }]);
  const raw = parsed.right;
  const decoded = codec.decode(raw);
  if (E.isLeft(decoded)) {
    const problems = errorTexts(decoded.left).map((sentence) => malformed(file, sentence));
    return { raw, sound: validFields(codec, raw), problems };
  }
  const exact = jsonText(codec.encode(decoded.right));
  return { raw, sound: decoded.right, problems: inexactBytes(file, exact, text) };
};
