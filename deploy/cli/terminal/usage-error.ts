/** The command line makes no sense; nothing has been touched. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
