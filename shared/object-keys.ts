import type { Sha256, Version } from './codec/primitives.js';
import { type EpochDay, isoDay } from './day.js';

/** Object keys, relative to the root prefix of the bucket. */
export const releaseKey = (version: Version, file: string): string => `releases/${version}/${file}`;
export const currentKey = (file: string): string => `current/${file}`;
export const evidenceKey = (version: Version, file: string): string =>
  `evidence/${version}/${file}`;
export const eventKey = (topic: string, eventId: Sha256): string =>
  `events/${topic}/${eventId}.json`;

/** Prefix of research output; nothing below it can be promoted. */
export const SHADOW = 'shadow/';
/** Prefix of scored windows, each named by a hash of its inputs. */
export const SHADOW_WINDOWS = `${SHADOW}windows/`;

/** Prefix of the exchange's bars, stored between runs, and of their corrections. */
export const STORED_BARS = 'market-data/binance/';
export const storedBarsKey = (symbol: string): string => `${STORED_BARS}${symbol}.bars`;
/** The symbol of a key of stored bars. */
export const symbolOfStoredBars = (key: string): string =>
  key.slice(STORED_BARS.length, -'.bars'.length);
export const correctionKey = (symbol: string, day: EpochDay, hash: Sha256): string =>
  `${STORED_BARS}corrections/${symbol}/${isoDay(day)}-${hash}.json`;

/** Prefix of everything that a dry run writes; the empty prefix for a real run. */
export const scratchPrefix = (run: {
  readonly run_id: string;
  readonly dry_run: boolean;
}): string => (run.dry_run ? `scratch/${run.run_id}/` : '');

export interface BucketLocation {
  readonly bucket: string;
  readonly rootPrefix: string;
}

export const objectUri = (location: BucketLocation, key: string): string =>
  `gs://${location.bucket}/${location.rootPrefix}/${key}`;

/** The key of a URI in this bucket and root prefix, or undefined for any other URI. */
export const keyOfUri = (location: BucketLocation, uri: string): string | undefined => {
  const root = objectUri(location, '');
  return uri.startsWith(root) && uri.length > root.length ? uri.slice(root.length) : undefined;
};
