import { UnknownRecord } from 'io-ts';
import { shown } from '../../codec/decode.js';
import { type Problem, type ProblemCode, problem } from './problem.js';

const own = (record: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/**
 * Every leaf at which a value differs from the expected one. The order of an object's keys is
 * ignored, because Firestore does not preserve it; the order of a list matters.
 */
export const fieldDifferences = (
  code: ProblemCode,
  file: string,
  expected: unknown,
  got: unknown,
  path = '',
): readonly Problem[] => {
  if (UnknownRecord.is(expected) && UnknownRecord.is(got)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...keys].flatMap((key) =>
      fieldDifferences(
        code,
        file,
        own(expected, key),
        own(got, key),
        path === '' ? key : `${path}.${key}`,
      ),
    );
  }
  if (JSON.stringify(expected) === JSON.stringify(got)) return [];
  const expectedText = expected === undefined ? 'no such field' : shown(expected);
  return [problem(code, file, path === '' ? 'content' : path, expectedText, got)];
};
