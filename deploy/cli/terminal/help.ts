import { WIDTH } from './wrap.js';

/** Commands for people to copy, below a line that says so; the last part of every help. */
export const exampleText = (...commands: readonly string[]): string =>
  ['', 'Example:', ...commands.flatMap(indented)].join('\n');

const indented = (command: string): readonly string[] => commandLines(command, 2);

/** A command as it can be pasted into a shell, in lines of 80 at the most where it has options. */
export const commandLines = (command: string, indent = 0): readonly string[] => {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  for (const part of command.split(/ (?=--)/)) {
    const isFirst = line.trim() === '';
    // Two for the backslash that joins the lines.
    if (!isFirst && line.length + 1 + part.length > WIDTH - 2) {
      lines.push(`${line} \\`);
      line = `${' '.repeat(indent + 2)}${part}`;
    } else line = isFirst ? `${line}${part}` : `${line} ${part}`;
  }
  return [...lines, line];
};
