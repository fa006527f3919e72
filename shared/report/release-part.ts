import type { Release } from '../contract/release.js';
import { type BucketLocation, objectUri, releaseKey } from '../object-keys.js';
import type { ReleaseEvidence, ReleasePart } from './model.js';

/** The part of a report that a release determines, with the release's inputs. */
export const releasePart = (
  { version, manifest, livePool, sha256 }: Release,
  at: BucketLocation,
  evidence: ReleaseEvidence | undefined,
  /** Prefix of a dry run. */
  scratch = '',
): ReleasePart => ({
  version,
  asOfDate: manifest.as_of_date,
  mode: manifest.mode,
  generatedAt: manifest.generated_at,
  sourceRevision: manifest.runtime_evidence_identity?.source_revision,
  pool: livePool.symbols,
  uri: objectUri(at, `${scratch}${releaseKey(version, '')}`),
  isDryRun: scratch !== '',
  sha256,
  evidence,
});
