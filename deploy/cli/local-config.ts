import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { hostname, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { Revision } from '../../shared/codec/primitives.js';
import type { PipelineConfig } from '../../shared/config.js';
import { CONTRACT, DEFAULTS } from '../../shared/contract/constants.js';
import { UsageError } from './terminal/usage-error.js';

export const DEFAULT_BUCKET = 'live-pool-local';

const packageRoot = dirname(createRequire(import.meta.url).resolve('#package.json'));

const git = (...args: readonly string[]): string | undefined => {
  try {
    return execFileSync('git', args, {
      cwd: packageRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
};

/**
 * The producer's commit: `SOURCE_REVISION`, else that of this clone. A copy of the package inside
 * somebody else's repository is not that repository's commit.
 */
export const sourceRevision = (): Revision | undefined => {
  const given = process.env.SOURCE_REVISION;
  if (given !== undefined && !Revision.is(given))
    throw new UsageError(
      `SOURCE_REVISION: expected 40 lower-case hexadecimal digits, got ${given}`,
    );
  if (given !== undefined) return given;
  if (git('rev-parse', '--show-prefix') !== '') return undefined;
  const head = git('rev-parse', 'HEAD');
  return Revision.is(head) ? head : undefined;
};

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
};

/** Who works at this machine. */
export const currentUser = (): string => `${userName()}@${hostname()}`;

/** The contract's defaults, on this machine. */
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
    maxAgeDays: DEFAULTS.maxAgeDays,
    firestoreCollection: DEFAULTS.firestoreCollection,
    firestoreDocument: DEFAULTS.firestoreDocument,
    selectionMeta: own.selectionMeta ?? false,
    actor: currentUser(),
    ...(revision === undefined ? {} : { sourceRevision: revision }),
  };
};
