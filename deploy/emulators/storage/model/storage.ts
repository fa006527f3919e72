import type { Clock } from '../../../../shared/ports/clock.js';
import { type Buckets, buckets } from './buckets.js';
import { generationNumbers } from './generations.js';
import { type Objects, objects } from './objects.js';
import { type Uploads, uploads } from './uploads.js';

/** The stored state, independent of HTTP. Rejects an operation by throwing a `StorageError`. */
export interface StorageModel {
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly uploads: Uploads;
}

export const storageModel = (now: Clock): StorageModel => {
  const stamp = generationNumbers(now);
  const allBuckets = buckets(stamp);
  const allObjects = objects(allBuckets, stamp);
  return { buckets: allBuckets, objects: allObjects, uploads: uploads(allObjects, stamp) };
};
