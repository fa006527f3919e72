import { settingsFrom } from '../model/settings.js';
import { changesOf, composeBody, objectBody } from './bodies.js';
import { mediaAnswer } from './media.js';
import { atIn, conditionsIn, integerOf, sourceAtIn } from './query.js';
import { jsonResponse, type StorageRequest, type StorageResponse } from './request-response.js';
import { objectResource } from './resources.js';

export const readObject = (call: StorageRequest, bucket: string, name: string): StorageResponse => {
  const object = call.model.objects.read({ bucket, name }, atIn(call.query));
  return call.query.get('alt') === 'media'
    ? mediaAnswer(object, call.headers)
    : jsonResponse(objectResource(object));
};

export const patchObject = (
  { model, query, body }: StorageRequest,
  bucket: string,
  name: string,
): StorageResponse => {
  const changes = changesOf(objectBody(body)) ?? {};
  return jsonResponse(objectResource(model.objects.patch({ bucket, name }, atIn(query), changes)));
};

export const deleteObject = (
  { model, query }: StorageRequest,
  bucket: string,
  name: string,
): StorageResponse => {
  model.objects.remove({ bucket, name }, atIn(query));
  return { status: 204 };
};

/** Copies an object of any size in one call; the real service may require several calls. */
export const rewriteObject = (
  { model, query, body }: StorageRequest,
  bucket: string,
  name: string,
  targetBucket: string,
  targetName: string,
): StorageResponse => {
  const changes = changesOf(objectBody(body));
  const copied = model.objects.copy(
    { bucket, name },
    sourceAtIn(query),
    { bucket: targetBucket, name: targetName },
    changes && settingsFrom(changes),
    conditionsIn(query),
  );
  return jsonResponse({
    kind: 'storage#rewriteResponse',
    done: true,
    objectSize: String(copied.size),
    totalBytesRewritten: String(copied.size),
    resource: objectResource(copied),
  });
};

export const composeObjects = (
  { model, query, body }: StorageRequest,
  bucket: string,
  name: string,
): StorageResponse => {
  const { sourceObjects, destination = {} } = composeBody(body);
  const optional = (field: string, value: string | number | undefined): number | undefined =>
    value === undefined ? undefined : integerOf(field, value);
  const sources = sourceObjects.map((source) => ({
    name: source.name,
    at: {
      generation: optional('generation', source.generation),
      ifGenerationMatch: optional(
        'ifGenerationMatch',
        source.objectPreconditions?.ifGenerationMatch,
      ),
    },
  }));
  const settings = settingsFrom(changesOf(destination) ?? {});
  const composed = model.objects.compose(sources, { bucket, name }, settings, conditionsIn(query));
  return jsonResponse(objectResource(composed));
};
