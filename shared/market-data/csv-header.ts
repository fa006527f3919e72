import { type InputProblem, quoted } from './input-problems.js';

export const EMPTY_FILE: InputProblem = { expected: 'a header and rows', got: 'an empty file' };
export const HEADER_ONLY: InputProblem = { line: 2, expected: 'a row', got: 'the end of the file' };

/** The problems of a CSV file's header, which must contain every required column once. */
export const headerProblems = (
  header: readonly string[],
  required: readonly string[],
): readonly InputProblem[] =>
  required.flatMap((field) => {
    const count = header.filter((name) => name === field).length;
    if (count === 1) return [];
    const got = count === 0 ? `the header ${quoted(header.join(','))}` : `${count} of them`;
    return [{ line: 1, field, expected: 'one column of this name', got }];
  });
