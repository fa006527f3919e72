import { FailureError, permanent } from '../../../shared/codec/failure.js';
import type { StageReport } from '../../local/runtime.js';

/** Fails with the code and the message of the stage that dead-lettered its message, if one did. */
export const assertNoDeadLetter = (reports: readonly StageReport[]): void => {
  const failed = reports.find(({ entry }) => entry.outcome === 'dead_letter');
  if (failed === undefined) return;
  const { name, entry } = failed;
  throw new FailureError(permanent(entry.code ?? 'unexpected', `${name}: ${entry.message}`));
};
