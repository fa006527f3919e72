import type { Sha256, Version } from './codec/primitives.js';
import { type EpochDay, isoDay } from './day.js';

/** Where things lie under the root prefix of the bucket. */
export const releaseKey = (version: Version, file: string): string => `releases/${version}/${file}`;
export const currentKey = (file: string): string => `current/${file}`;
export const evidenceKey = (version: Version, file: string): string =>
  `evidence/${version}/${file}`;
export const eventKey = (topic: string, eventId: Sha256): string =>
  `events/${topic}/${eventId}.json`;

/** Below it lies what research has found; nothing there can be promoted. */
export const SHADOW = 'shadow/';
/** Below it lie scored windows, each named by everything that it was computed from. */
export const SHADOW_WINDOWS = `${SHADOW}windows/`;

/** Below it lie the exchange's bars, kept between runs, and what it has corrected since. */
export const STORED_BARS = 'market-data/binance/';
export const storedBarsKey = (symbol: string): string => `${STORED_BARS}${symbol}.bars`;
/** The symbol whose bars lie under such a key. */
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

export const objectUri = (at: BucketLocation, key: string): string =>
  `gs://${at.bucket}/${at.rootPrefix}/${key}`;

/** The key that a URI of this bucket and root names, or undefined if it lies elsewhere. */
export const keyOfUri = (at: BucketLocation, uri: string): string | undefined => {
  const root = objectUri(at, '');
  return uri.startsWith(root) && uri.length > root.length ? uri.slice(root.length) : undefined;
};
