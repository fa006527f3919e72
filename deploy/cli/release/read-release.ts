import { FailureError, permanent } from '../../../shared/codec/failure.js';
import { Version } from '../../../shared/codec/primitives.js';
import type { Release } from '../../../shared/contract/release.js';
import { releaseKey } from '../../../shared/object-keys.js';
import { readLedger } from '../../../shared/promotion/read-ledger.js';
import { readProven } from '../../../shared/releases/read-release.js';
import { unwrap } from '../context.js';
import type { Desk } from '../target/command-target.js';
import { nearNames } from '../terminal/closest-names.js';

/** Says that there is no such release, and which one may have been meant. */
export const noSuchRelease = (
  { command }: Pick<Desk, 'command'>,
  version: Version,
  versions: readonly string[],
): FailureError => {
  const [near] = nearNames(version, versions);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return new FailureError(
    permanent(
      'contract-invalid',
      `There is no release ${version}.${hint} See: ${command('release list')}`,
    ),
  );
};

/** The same, with the releases that there are. */
export const refuseUnknown = async (desk: Desk, version: Version): Promise<FailureError> => {
  const all = unwrap(await desk.objects.list('releases/')());
  const names = all.map(({ key }) => key.split('/')[1]).filter(Version.is);
  return noSuchRelease(desk, version, [...new Set(names)]);
};

/** The release that the operator has named, proven as far as it can be. */
export const readNamedRelease = async (desk: Desk, version: Version): Promise<Release> => {
  const { objects, documents } = desk;
  const found = unwrap(await objects.list(releaseKey(version, ''))());
  if (found.length > 0) {
    const ledger = unwrap(await readLedger(documents)());
    return unwrap(await readProven(objects, ledger, version)());
  }
  throw await refuseUnknown(desk, version);
};
