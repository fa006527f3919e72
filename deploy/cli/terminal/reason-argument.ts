import { parseControlAttributes } from '../../../shared/messages/control-attributes.js';
import { valueProblem } from '../../../shared/ports/attribute-limits.js';
import { getOrThrowUsage, UsageError } from './usage-error.js';

/**
 * The `--reason`: at most 500 characters and at most the bytes of a message attribute. Checked
 * before the command reads or writes anything.
 */
export const reasonArgument = (given: unknown): string => {
  const reason = String(given ?? '');
  getOrThrowUsage(parseControlAttributes({ reason }));
  const problem = valueProblem('--reason', reason);
  if (problem !== undefined) throw new UsageError(problem);
  return reason;
};
