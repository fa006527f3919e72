import { hostname, userInfo } from 'node:os';
import { Revision } from '../../shared/codec/primitives.js';
import type { PipelineConfig } from '../../shared/config.js';
import { CONTRACT, DEFAULTS } from '../../shared/contract/constants.js';
import { packageRoot } from '../package-root.js';
import { committedRevision } from '../source-revision.js';
import { UsageError } from './terminal/usage-error.js';

export const DEFAULT_BUCKET = 'live-pool-local';

/**
 * The source commit: `SOURCE_REVISION`, or the commit of this clone. Undefined if there is none, or
 * if tracked files have been changed since: what such code makes has no commit to name.
 */
export const sourceRevision = (): Revision | undefined => {
  const given = process.env.SOURCE_REVISION;
  if (given !== undefined && !Revision.is(given))
    throw new UsageError(
      `SOURCE_REVISION: expected 40 lower-case hexadecimal digits, got ${given}`,
    );
  if (given !== undefined) return given;
  const committed = committedRevision(packageRoot);
  return committed === 'changed' ? undefined : committed;
};

/** The warning before a release is made of code that no commit contains; else undefined. */
export const changedSourceWarning = (): string | undefined =>
  process.env.SOURCE_REVISION === undefined && committedRevision(packageRoot) === 'changed'
    ? `warning: files of ${packageRoot} differ from its commit, so the release names no source_revision`
    : undefined;

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // The user of a container may have no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
};

/** The operator: user and host name. */
export const currentUser = (): string => `${userName()}@${hostname()}`;

/** The pipeline's configuration on this machine: the contract's defaults and `own`. */
export const localConfig = (
  own: Partial<Pick<PipelineConfig, 'bucket' | 'poolSize' | 'defaultMode' | 'selectionMeta'>>,
): PipelineConfig => {
  const revision = sourceRevision();
  return {
    bucket: own.bucket ?? DEFAULT_BUCKET,
    rootPrefix: DEFAULTS.rootPrefix,
    sourceProject: DEFAULTS.sourceProject,
    contract: CONTRACT,
    defaultMode: own.defaultMode ?? DEFAULTS.mode,
    poolSize: own.poolSize ?? DEFAULTS.poolSize,
    readers: { mode: DEFAULTS.mode, poolSize: DEFAULTS.poolSize },
    maxAgeDays: DEFAULTS.maxAgeDays,
    firestoreCollection: DEFAULTS.firestoreCollection,
    firestoreDocument: DEFAULTS.firestoreDocument,
    selectionMeta: own.selectionMeta ?? false,
    actor: currentUser(),
    ...(revision === undefined ? {} : { sourceRevision: revision }),
  };
};
