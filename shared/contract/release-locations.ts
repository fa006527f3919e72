import { gsUriOf, type Version } from '../codec/primitives.js';
import { type BucketLocation, currentKey, releaseKey } from '../object-keys.js';
import { ARTIFACT_FILE, type Artifact } from './constants.js';

/** The destination of a release. */
export interface Locations extends BucketLocation {
  readonly collection: string;
  readonly document: string;
}

/** The two prefixes without a trailing slash, as object names and as URIs. */
export const prefixesOf = ({ bucket, rootPrefix }: BucketLocation, version: Version) => {
  const release = `${rootPrefix}/releases/${version}`;
  const current = `${rootPrefix}/current`;
  return {
    release_prefix: release,
    current_prefix: current,
    release_uri: gsUriOf(bucket, release),
    current_uri: gsUriOf(bucket, current),
  };
};

/** The two locations of an artifact, as object names and as URIs. */
export const releaseLocations = (
  { bucket, rootPrefix }: BucketLocation,
  version: Version,
  artifact: Artifact,
) => {
  const release = `${rootPrefix}/${releaseKey(version, ARTIFACT_FILE[artifact])}`;
  const current = `${rootPrefix}/${currentKey(ARTIFACT_FILE[artifact])}`;
  return {
    release_object: release,
    current_object: current,
    release_uri: gsUriOf(bucket, release),
    current_uri: gsUriOf(bucket, current),
  };
};
