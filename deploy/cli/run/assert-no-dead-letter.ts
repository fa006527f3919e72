import { FailureError, permanent } from '../../../shared/codec/failure.js';
import type { StageReport } from '../../local/runtime.js';

/** A stage that ended in the dead letters ends the command, with the stage's own sentence. */
export const assertNoDeadLetter = (reports: readonly StageReport[]): void => {
  const failed = reports.find(({ entry }) => entry.outcome === 'dead_letter');
  if (failed === undefined) return;
  const { name, entry } = failed;
  throw new FailureError(permanent(entry.code ?? 'unexpected', `${name}: ${entry.message}`));
};
