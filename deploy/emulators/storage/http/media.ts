import type { IncomingHttpHeaders } from 'node:http';
import type { StoredObject } from '../model/object.js';
import { notImplemented, rangeNotSatisfiable } from '../model/storage-error.js';
import type { StorageResponse } from './request-response.js';
import { etagOf } from './resources.js';

interface Range {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

const RANGE = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/;

/** The byte range that the header requests; undefined (all bytes) if its form is unsupported. */
const rangeOf = (header: string | undefined, size: number): Range | undefined => {
  const match = RANGE.exec(header ?? '');
  if (match === null) return undefined;
  const [, first, last, suffix] = match;
  const start = first === undefined ? Math.max(0, size - Number(suffix)) : Number(first);
  const end = first === undefined || !last ? size : Math.min(Number(last) + 1, size);
  if (start >= end)
    throw rangeNotSatisfiable(`The object has ${size} bytes; the requested range is ${header}.`);
  return { start, end };
};

/** An object's bytes, with the headers that the client verifies them by. */
export const mediaAnswer = (
  object: StoredObject,
  headers: IncomingHttpHeaders,
): StorageResponse => {
  const { bytes, size, crc32c, md5Hash, settings } = object;
  const { contentType, contentEncoding, contentDisposition, contentLanguage, cacheControl } =
    settings;
  const acceptsGzip = String(headers['accept-encoding'] ?? '').includes('gzip');
  if (contentEncoding === 'gzip' && !acceptsGzip)
    throw notImplemented('Decompression for a client that does not accept gzip');
  const range = rangeOf(headers.range, size);
  const { start, end } = range ?? { start: 0, end: size };
  return {
    status: range ? 206 : 200,
    headers: {
      'content-type': contentType ?? 'application/octet-stream',
      'accept-ranges': 'bytes',
      etag: etagOf(object),
      'x-goog-generation': String(object.generation),
      'x-goog-metageneration': String(object.metageneration),
      'x-goog-hash': `crc32c=${crc32c}${md5Hash === undefined ? '' : `,md5=${md5Hash}`}`,
      'x-goog-storage-class': 'STANDARD',
      'x-goog-stored-content-encoding': contentEncoding ?? 'identity',
      'x-goog-stored-content-length': String(size),
      ...(range && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
      ...(contentEncoding && { 'content-encoding': contentEncoding }),
      ...(contentDisposition && { 'content-disposition': contentDisposition }),
      ...(contentLanguage && { 'content-language': contentLanguage }),
      ...(cacheControl && { 'cache-control': cacheControl }),
    },
    body: bytes.subarray(start, end),
  };
};
