const PLAIN = /^[\w@%+=:,./-]+$/;

/** The word as it has to be typed into a POSIX shell. */
export const shellWord = (word: string): string =>
  PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

export const shellWords = (words: readonly string[]): string => words.map(shellWord).join(' ');
