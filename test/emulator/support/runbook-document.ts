import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A heading, and the shell blocks below it up to the next one. */
export interface Section {
  readonly heading: string;
  readonly blocks: readonly string[];
}

const FILE = resolve(import.meta.dirname, '../../../deploy/gcp/RUNBOOK.md');
export const runbookText = (): string => readFileSync(FILE, 'utf8');

export const sectionsOf = (text: string): readonly Section[] => {
  const sections: { heading: string; blocks: string[] }[] = [];
  let block: string[] | undefined;
  for (const line of text.split('\n')) {
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    if (block !== undefined && line === '```') {
      sections.at(-1)?.blocks.push(block.join('\n'));
      block = undefined;
    } else if (block !== undefined) block.push(line);
    else if (line === '```sh') block = [];
    else if (heading !== undefined)
      sections.push({ heading: heading.replaceAll('`', ''), blocks: [] });
  }
  return sections;
};

const KEYWORDS = ['if', 'then', 'else', 'while', 'until', 'do', '!'];
/** What a shell does itself, and what steers it. */
const SHELL = ['export', 'cd', 'echo', 'read', 'for', 'done', 'fi', '}', '[', 'unset', 'sleep'];

/**
 * The simple commands of a piece of shell, as they are written: also those in `$(…)`, in pipes and
 * in the bodies of loops and functions. Knows as much of quoting as the runbook needs.
 */
export const commandsOf = (script: string): readonly string[] => {
  const text = script.replaceAll('\\\n', ' ');
  const found: string[] = [];
  let at = 0;
  /** Reads up to `closing`, and answers with what stands there. */
  const read = (closing: ')' | undefined): string => {
    const start = at;
    let command = '';
    let quote: string | undefined;
    const end = (): void => {
      const words = command.trim().split(/\s+/);
      while (KEYWORDS.includes(words[0] ?? '') || /^[A-Z_]+=/.test(words[0] ?? '')) words.shift();
      const [first = ''] = words;
      if (first !== '' && !SHELL.includes(first) && !/^\w+=/.test(first))
        found.push(words.join(' '));
      command = '';
    };
    for (; at < text.length; at += 1) {
      const letter = text.charAt(at);
      if (letter === '$' && text[at + 1] === '(' && quote !== "'") {
        at += 2;
        command += `$(${read(')')})`;
      } else if (quote !== undefined) {
        if (letter === quote) quote = undefined;
        command += letter;
      } else if (letter === "'" || letter === '"') {
        quote = letter;
        command += letter;
      } else if (letter === '#' && /\s|^$/.test(text[at - 1] ?? '')) {
        while (at < text.length && text[at] !== '\n') at += 1;
        end();
      } else if (letter === '(' && /^\w+$/.test(command.trim()) && text[at + 1] === ')') {
        // A function: its body is read like everything else.
        at = text.indexOf('{', at);
        command = '';
      } else if (letter === closing) break;
      else if (';|&\n'.includes(letter)) end();
      else command += letter;
    }
    end();
    return text.slice(start, at);
  };
  read(undefined);
  return found;
};

/** A command's name: its words up to the first that is a value. */
export const nameOf = (command: string): string => {
  const words = command.split(/\s+/).filter((word) => !word.startsWith('-chdir='));
  const end = words.findIndex((word) => !/^[a-z][a-z0-9-]*$/.test(word));
  return words.slice(0, end < 0 ? undefined : end).join(' ');
};

/** The functions that the first block defines, under which the product's commands are called. */
const OURS = /^(pool|npx live-pool|gcloud pubsub)( |$)/;
/** Whether a test has to execute it. */
export const isExecuted = (command: string): boolean => OURS.test(command);
/**
 * Whether a test has to paste the block: it holds such a command, or calls one of the first
 * block's.
 */
export const isPasted = (block: string): boolean =>
  commandsOf(block).some((command) => isExecuted(command) || /^(hold|resume) /.test(command));
/** Functions of the first block, and what a test runs without being asked to. */
const HELPERS = ['hold', 'resume', 'jq', 'cat'];

/** What of a document no test executes, by name, sorted. */
export const notExecuted = (sections: readonly Section[]): readonly string[] => {
  const names = sections
    .flatMap(({ blocks }) => blocks.flatMap(commandsOf))
    .filter((command) => !isExecuted(command))
    .map(nameOf)
    .filter((name) => !HELPERS.includes(name.split(' ')[0] ?? ''));
  return [...new Set(names)].sort();
};
