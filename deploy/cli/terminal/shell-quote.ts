const PLAIN = /^[\w@%+=:,./-]+$/;

/** The word as it has to be typed into a POSIX shell. */
export const quoteArg = (arg: string): string =>
  PLAIN.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;

export const quoteArgs = (args: readonly string[]): string => args.map(quoteArg).join(' ');
