import type { Expected } from '../model/checksums.js';
import type { Place } from '../model/object.js';
import { settingsFrom } from '../model/settings.js';
import { invalid, notImplemented } from '../model/storage-error.js';
import type { UploadState } from '../model/uploads.js';
import { changesOf, expectedOf, objectBody } from './bodies.js';
import { contentRange } from './content-range.js';
import { twoParts } from './multipart.js';
import { conditionsIn, headerOf, textIn } from './query.js';
import { jsonResponse, type StorageRequest, type StorageResponse } from './request-response.js';
import { objectResource } from './resources.js';

type ObjectBody = ReturnType<typeof objectBody>;

const placeOf = ({ query }: StorageRequest, bucket: string, object: ObjectBody = {}): Place => {
  const name = query.get('name') ?? object.name;
  if (name === undefined) throw invalid('Expected the parameter name, or name in the metadata.');
  return { bucket, name };
};

/** Metadata in the body takes precedence over the request's headers and parameters. */
const settingsOf = (
  { query }: StorageRequest,
  object: ObjectBody,
  contentType: string | undefined,
) =>
  settingsFrom({
    contentType,
    contentEncoding: textIn(query, 'contentEncoding'),
    ...changesOf(object),
  });

const uploadMultipart = (call: StorageRequest, bucket: string): StorageResponse => {
  const { model, query, headers, body } = call;
  const [metadata, media] = twoParts(headers['content-type'], body);
  const object = objectBody(metadata.content);
  const content = {
    bytes: media.content,
    settings: settingsOf(call, object, media.contentType),
    expected: expectedOf(object),
  };
  const stored = model.objects.write(placeOf(call, bucket, object), content, conditionsIn(query));
  return jsonResponse(objectResource(stored));
};

const uploadMedia = (call: StorageRequest, bucket: string): StorageResponse => {
  const { model, query, headers, body } = call;
  const content = {
    bytes: body,
    settings: settingsOf(call, {}, headers['content-type']),
    expected: expectedInHeaders(call),
  };
  const stored = model.objects.write(placeOf(call, bucket), content, conditionsIn(query));
  return jsonResponse(objectResource(stored));
};

const startResumable = (call: StorageRequest, bucket: string): StorageResponse => {
  const { model, query, headers, body } = call;
  const object = objectBody(body);
  const place = placeOf(call, bucket, object);
  const id = model.uploads.start({
    place,
    settings: settingsOf(call, object, headerOf(headers['x-upload-content-type'])),
    expected: expectedOf(object),
    conditions: conditionsIn(query),
  });
  const path = `/upload/storage/v1/b/${bucket}/o`;
  const location = `http://${headers.host}${path}?uploadType=resumable&upload_id=${id}`;
  return { status: 200, headers: { location, 'x-guploader-uploadid': id } };
};

export const startUpload = (call: StorageRequest, bucket: string): StorageResponse => {
  const type = call.query.get('uploadType');
  switch (type) {
    case 'multipart':
      return uploadMultipart(call, bucket);
    case 'media':
      return uploadMedia(call, bucket);
    case 'resumable':
      return startResumable(call, bucket);
    default:
      throw notImplemented(`The upload type ${type ?? '(none)'}`);
  }
};

/** `X-Goog-Hash: crc32c=…,md5=…` */
const expectedInHeaders = ({ headers }: StorageRequest): Expected => {
  const hashes = headerOf(headers['x-goog-hash']) ?? '';
  return {
    crc32c: /crc32c=([^,\s]+)/.exec(hashes)?.[1],
    md5Hash: /md5=([^,\s]+)/.exec(hashes)?.[1],
  };
};

const uploadId = ({ query }: StorageRequest): string => {
  const id = query.get('upload_id');
  if (id === null) throw invalid('Expected the parameter upload_id.');
  return id;
};

const stateAnswer = (state: UploadState): StorageResponse => {
  if (state.kind === 'done') return jsonResponse(objectResource(state.object));
  const { persisted } = state;
  return { status: 308, headers: persisted > 0 ? { range: `bytes=0-${persisted - 1}` } : {} };
};

export const continueUpload = (call: StorageRequest): StorageResponse => {
  const { model, headers, body: bytes, complete } = call;
  const id = uploadId(call);
  const range = contentRange(headers['content-range']);
  if (range.kind === 'question') return stateAnswer(model.uploads.state(id));
  const { start } = range;
  const end = start + bytes.length;
  if (complete && range.end !== undefined && range.end !== end)
    throw invalid(`Content-Range: expected ${range.end - start} bytes, got ${bytes.length}.`);
  const total = range.total === 'where the body ends' ? end : range.total;
  return stateAnswer(
    model.uploads.append(id, {
      start,
      bytes,
      // The intended end of an aborted request is unknown.
      total: complete && total !== 'unknown' ? total : undefined,
      expected: expectedInHeaders(call),
    }),
  );
};

export const cancelUpload = (call: StorageRequest): StorageResponse => {
  call.model.uploads.cancel(uploadId(call));
  // 499 "Client closed request" is the service's response to a successful cancellation.
  return { status: 499 };
};
