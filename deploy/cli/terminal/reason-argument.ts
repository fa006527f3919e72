import { parseControlAttributes } from '../../../shared/messages/control-attributes.js';
import { valueProblem } from '../../../shared/ports/attribute-limits.js';
import { getOrThrowUsage, UsageError } from './usage-error.js';

/**
 * A `--reason` that a message can carry: at most 500 characters, and at most the bytes of an
 * attribute. Checked before a command reads or writes anything.
 */
export const reasonArgument = (given: unknown): string => {
  const reason = String(given ?? '');
  getOrThrowUsage(parseControlAttributes({ reason }));
  const problem = valueProblem('--reason', reason);
  if (problem !== undefined) throw new UsageError(problem);
  return reason;
};
