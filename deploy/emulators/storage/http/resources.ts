import type { Bucket } from '../model/buckets.js';
import type { ObjectFacts } from '../model/object.js';

export const etagOf = (object: ObjectFacts): string =>
  Buffer.from(`${object.generation}/${object.metageneration}`).toString('base64');

/** An object in the JSON API's form; 64-bit integers are strings. */
export const objectResource = (object: ObjectFacts): Readonly<Record<string, unknown>> => ({
  kind: 'storage#object',
  id: `${object.bucket}/${object.name}/${object.generation}`,
  bucket: object.bucket,
  name: object.name,
  generation: String(object.generation),
  metageneration: String(object.metageneration),
  size: String(object.size),
  storageClass: 'STANDARD',
  crc32c: object.crc32c,
  md5Hash: object.md5Hash,
  componentCount: object.componentCount,
  etag: etagOf(object),
  timeCreated: object.timeCreated.toISOString(),
  updated: object.updated.toISOString(),
  ...object.settings,
});

export const bucketResource = (bucket: Bucket): Readonly<Record<string, unknown>> => ({
  kind: 'storage#bucket',
  id: bucket.name,
  name: bucket.name,
  location: bucket.location,
  storageClass: 'STANDARD',
  generation: String(bucket.generation),
  metageneration: String(bucket.metageneration),
  timeCreated: bucket.timeCreated.toISOString(),
  updated: bucket.timeCreated.toISOString(),
});
