import { FailureError, getOrThrow, permanent } from '../../../shared/codec/failure.js';
import { Version } from '../../../shared/codec/primitives.js';
import type { Release } from '../../../shared/contract/release.js';
import { releaseKey } from '../../../shared/object-keys.js';
import { readLedger } from '../../../shared/promotion/read-ledger.js';
import { readVerified } from '../../../shared/releases/read-release.js';
import type { CommandTarget } from '../target/command-target.js';
import { closestNames } from '../terminal/closest-names.js';

/** The failure for an unknown version; suggests a similar one. */
export const releaseNotFound = (
  { commandLine }: Pick<CommandTarget, 'commandLine'>,
  version: Version,
  versions: readonly string[],
): FailureError => {
  const [near] = closestNames(version, versions);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return new FailureError(
    permanent(
      'contract-invalid',
      `There is no release ${version}.${hint} See: ${commandLine('release list')}`,
    ),
  );
};

/** The failure for an unknown version, with the versions in the bucket. */
export const unknownReleaseError = async (
  target: CommandTarget,
  version: Version,
): Promise<FailureError> => {
  const all = getOrThrow(await target.objects.list('releases/')());
  const names = all.map(({ key }) => key.split('/')[1]).filter(Version.is);
  return releaseNotFound(target, version, [...new Set(names)]);
};

/** The release that the operator named, verified against its manifest and the ledger. */
export const readReleaseByVersion = async (
  target: CommandTarget,
  version: Version,
): Promise<Release> => {
  const { objects, documents } = target;
  const found = getOrThrow(await objects.list(releaseKey(version, ''))());
  if (found.length > 0) {
    const ledger = getOrThrow(await readLedger(documents)());
    return getOrThrow(await readVerified(objects, ledger, version)());
  }
  throw await unknownReleaseError(target, version);
};
