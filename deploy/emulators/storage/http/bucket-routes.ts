import { page } from '../model/listing.js';
import { bucketBody } from './bodies.js';
import { conditionsIn, listQueryIn } from './query.js';
import { type Answer, type Call, jsonAnswer } from './request-response.js';
import { bucketResource, objectResource } from './resources.js';

export const createBucket = ({ model, body }: Call): Answer => {
  const { name, location } = bucketBody(body);
  return jsonAnswer(bucketResource(model.buckets.create(name, location)));
};

export const listBuckets = ({ model, query }: Call): Answer => {
  const { names, nextPageToken } = page(model.buckets.names(), listQueryIn(query));
  const items = names.map((name) => bucketResource(model.buckets.get(name)));
  return jsonAnswer({ kind: 'storage#buckets', items, nextPageToken });
};

export const getBucket = ({ model, query }: Call, bucket: string): Answer =>
  jsonAnswer(bucketResource(model.buckets.get(bucket, conditionsIn(query))));

export const deleteBucket = ({ model, query }: Call, bucket: string): Answer => {
  model.buckets.remove(bucket, conditionsIn(query));
  return { status: 204 };
};

export const listObjects = ({ model, query }: Call, bucket: string): Answer => {
  const { objects } = model.buckets.get(bucket);
  const { names, prefixes, nextPageToken } = page(objects.keys(), listQueryIn(query));
  const items = names.flatMap((name) => objects.get(name) ?? []).map(objectResource);
  return jsonAnswer({
    kind: 'storage#objects',
    ...(items.length > 0 && { items }),
    ...(prefixes.length > 0 && { prefixes }),
    nextPageToken,
  });
};
