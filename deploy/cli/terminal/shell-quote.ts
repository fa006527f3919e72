const PLAIN = /^[\w@%+=:,./-]+$/;

/** Quotes an argument for a POSIX shell, if it needs quotes. */
export const quoteArg = (arg: string): string =>
  PLAIN.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;

export const quoteArgs = (args: readonly string[]): string => args.map(quoteArg).join(' ');
