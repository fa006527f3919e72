import { WIDTH } from './wrap.js';

/** The examples at the end of every help text. */
export const exampleText = (...commands: readonly string[]): string =>
  ['', 'Example:', ...commands.flatMap(indented)].join('\n');

const indented = (command: string): readonly string[] => commandLines(command, 2);

/** A command to paste into a shell; broken before its options into lines of at most 80 columns. */
export const commandLines = (command: string, indent = 0): readonly string[] => {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  for (const part of command.split(/ (?=--)/)) {
    const isFirst = line.trim() === '';
    // Two columns for the backslash at the end of the line.
    if (!isFirst && line.length + 1 + part.length > WIDTH - 2) {
      lines.push(`${line} \\`);
      line = `${' '.repeat(indent + 2)}${part}`;
    } else line = isFirst ? `${line}${part}` : `${line} ${part}`;
  }
  return [...lines, line];
};
