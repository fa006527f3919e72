import { UnknownRecord } from 'io-ts';
import { sha256 } from '../../codec/hash.js';
import type { BucketLocation } from '../../object-keys.js';
import { firestorePayload } from '../firestore-document.js';
import type { Release } from '../release.js';

/** The member at a path, or undefined if there is none. */
export const member = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce(
    (location: unknown, key) => (UnknownRecord.is(location) ? location[key] : undefined),
    value,
  );

const CURRENT = /^gs:\/\/([^/]+)\/(.+)\/current(?:\/live_pool\.json)?$/;

/** The bucket and root prefix in the URIs of a payload. */
export const bucketOf = (payload: unknown): BucketLocation | undefined => {
  const uris = [member(payload, 'current_prefix'), member(payload, 'live_pool_uri')];
  const [, bucket, rootPrefix] = uris.map((uri) => CURRENT.exec(String(uri))).find(Boolean) ?? [];
  return bucket === undefined || rootPrefix === undefined ? undefined : { bucket, rootPrefix };
};

/** The payload with its long text replaced by the checksum, short enough for a message. */
export const digested = (payload: unknown): unknown => {
  const handoff = member(payload, 'live_pool_legacy_exact_bytes');
  const text = member(handoff, 'utf8_text');
  if (!UnknownRecord.is(payload) || !UnknownRecord.is(handoff) || typeof text !== 'string')
    return payload;
  const utf8_text = `SHA-256 ${sha256(text)}`;
  return { ...payload, live_pool_legacy_exact_bytes: { ...handoff, utf8_text } };
};

/** The expected payload of this release. Its exact bytes have the manifest's checksum. */
export const expectedPayload = (release: Release, location: BucketLocation) => {
  const payload = firestorePayload(release, location);
  const utf8_text = `SHA-256 ${release.manifest.artifacts.live_pool_legacy.sha256}`;
  return {
    ...payload,
    live_pool_legacy_exact_bytes: { ...payload.live_pool_legacy_exact_bytes, utf8_text },
  };
};
