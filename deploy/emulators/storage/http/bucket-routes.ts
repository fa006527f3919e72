import { page } from '../model/listing.js';
import { bucketBody } from './bodies.js';
import { conditionsIn, listQueryIn } from './query.js';
import { jsonResponse, type StorageRequest, type StorageResponse } from './request-response.js';
import { bucketResource, objectResource } from './resources.js';

export const createBucket = ({ model, body }: StorageRequest): StorageResponse => {
  const { name, location } = bucketBody(body);
  return jsonResponse(bucketResource(model.buckets.create(name, location)));
};

export const listBuckets = ({ model, query }: StorageRequest): StorageResponse => {
  const { names, nextPageToken } = page(model.buckets.names(), listQueryIn(query));
  const items = names.map((name) => bucketResource(model.buckets.get(name)));
  return jsonResponse({ kind: 'storage#buckets', items, nextPageToken });
};

export const getBucket = ({ model, query }: StorageRequest, bucket: string): StorageResponse =>
  jsonResponse(bucketResource(model.buckets.get(bucket, conditionsIn(query))));

export const deleteBucket = ({ model, query }: StorageRequest, bucket: string): StorageResponse => {
  model.buckets.remove(bucket, conditionsIn(query));
  return { status: 204 };
};

export const listObjects = ({ model, query }: StorageRequest, bucket: string): StorageResponse => {
  const { objects } = model.buckets.get(bucket);
  const { names, prefixes, nextPageToken } = page(objects.keys(), listQueryIn(query));
  const items = names.flatMap((name) => objects.get(name) ?? []).map(objectResource);
  return jsonResponse({
    kind: 'storage#objects',
    ...(items.length > 0 && { items }),
    ...(prefixes.length > 0 && { prefixes }),
    nextPageToken,
  });
};
