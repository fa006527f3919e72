import { type Failure, permanent } from '../codec/failure.js';

/** One problem of an input file. */
export interface InputProblem {
  /** 1-based, as editors count. */
  readonly line?: number;
  readonly field?: string;
  readonly expected: string;
  readonly got: string;
}

/** A rejected file with its problems (at least one), in the order of its lines. */
export interface RejectedFile {
  readonly file: string;
  readonly problems: readonly InputProblem[];
}

const PROBLEMS_SHOWN_PER_FILE = 5;
const FILES_SHOWN = 20;
const CHARACTERS_SHOWN = 80;

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Text from a file for a message: quoted, control characters escaped, truncated. */
export const quoted = (text: string): string =>
  text === ''
    ? 'an empty cell'
    : JSON.stringify(text.length > CHARACTERS_SHOWN ? `${text.slice(0, CHARACTERS_SHOWN)}…` : text);

const sentence = (file: string, problem: InputProblem): string => {
  const line = problem.line === undefined ? '' : `, line ${problem.line}`;
  const field = problem.field === undefined ? '' : `, ${problem.field}`;
  return `${file}${line}${field}: expected ${problem.expected}, got ${problem.got}`;
};

const sentences = ({ file, problems }: RejectedFile): readonly string[] => {
  const rest = problems.length - PROBLEMS_SHOWN_PER_FILE;
  return [
    ...problems.slice(0, PROBLEMS_SHOWN_PER_FILE).map((problem) => sentence(file, problem)),
    ...(rest > 0 ? [`${file}: and ${plural(rest, 'more problem')}`] : []),
  ];
};

/** One permanent failure for all rejected files, a sentence per line. */
export const rejectInput = (files: readonly RejectedFile[]): Failure => {
  const count = files.reduce((sum, { problems }) => sum + problems.length, 0);
  const rest = files.length - FILES_SHOWN;
  const lines = [
    `Market data refused, ${plural(count, 'problem')} in ${plural(files.length, 'file')}:`,
    ...files.slice(0, FILES_SHOWN).flatMap(sentences),
    ...(rest > 0 ? [`and ${plural(rest, 'more file')} with problems`] : []),
  ];
  return permanent('malformed-input', lines.join('\n'), {
    context: { problems: count, files: files.length },
  });
};
