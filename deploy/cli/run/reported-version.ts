import { FailureError, permanent } from '../../../shared/codec/failure.js';
import { Version } from '../../../shared/codec/primitives.js';
import type { StageReport } from '../../local/runtime.js';

/** The version that the stages of a run name in their log entries. */
export const reportedVersion = (reports: readonly StageReport[]): Version => {
  const version = reports.map(({ entry }) => entry.version).find(Version.is);
  if (version === undefined)
    throw new FailureError(
      permanent('unexpected', 'log of the run: expected a stage that names its version, got none'),
    );
  return version;
};
