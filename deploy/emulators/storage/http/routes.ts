import { invalid, notImplemented } from '../model/storage-error.js';
import {
  createBucket,
  deleteBucket,
  getBucket,
  listBuckets,
  listObjects,
} from './bucket-routes.js';
import {
  composeObjects,
  deleteObject,
  patchObject,
  readObject,
  rewriteObject,
} from './object-routes.js';
import type { StorageRequest, StorageResponse } from './request-response.js';
import { rejectUnsupported } from './unsupported.js';
import { cancelUpload, continueUpload, startUpload } from './upload-routes.js';

/** A handler receives the call, then the segments that match the stars of its path. */
type Handler = (call: StorageRequest, ...names: string[]) => StorageResponse;

interface Route {
  readonly method: string;
  readonly path: string;
  readonly handler: Handler;
  /** True if the handler is also called with the received part of an aborted body. */
  readonly resumes?: true;
}

const routes: readonly Route[] = [
  { method: 'GET', path: 'b', handler: listBuckets },
  { method: 'POST', path: 'b', handler: createBucket },
  { method: 'GET', path: 'b/*', handler: getBucket },
  { method: 'DELETE', path: 'b/*', handler: deleteBucket },
  { method: 'GET', path: 'b/*/o', handler: listObjects },
  { method: 'GET', path: 'b/*/o/*', handler: readObject },
  { method: 'PATCH', path: 'b/*/o/*', handler: patchObject },
  { method: 'DELETE', path: 'b/*/o/*', handler: deleteObject },
  { method: 'POST', path: 'b/*/o/*/compose', handler: composeObjects },
  { method: 'POST', path: 'b/*/o/*/rewriteTo/b/*/o/*', handler: rewriteObject },
  { method: 'POST', path: 'upload/b/*/o', handler: startUpload },
  { method: 'PUT', path: 'upload/b/*/o', handler: continueUpload, resumes: true },
  { method: 'DELETE', path: 'upload/b/*/o', handler: cancelUpload },
];

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalid(`Expected a path encoded as UTF-8, got "${segment}".`);
  }
};

/** The segments that match the stars; undefined if the path does not match. */
const namesIn = (path: readonly string[], pattern: string): readonly string[] | undefined => {
  const expected = pattern.split('/');
  const fits =
    path.length === expected.length &&
    expected.every((segment, index) => segment === '*' || segment === path[index]);
  return fits ? path.filter((_, index) => expected[index] === '*').map(decoded) : undefined;
};

/**
 * Handles a request; undefined if an aborted request has no effect. `path` is still encoded, so
 * that a slash within a name does not separate segments.
 */
export const respond = (
  method: string,
  path: string,
  call: StorageRequest,
): StorageResponse | undefined => {
  // With STORAGE_EMULATOR_HOST the client omits /storage/v1.
  const segments = path
    .replace(/^(\/upload)?\/storage\/v1\//, '$1/')
    .slice(1)
    .split('/');
  for (const route of routes) {
    const names = route.method === method ? namesIn(segments, route.path) : undefined;
    if (names === undefined) continue;
    if (!call.complete && route.resumes !== true) return undefined;
    rejectUnsupported(call.query, call.headers);
    return route.handler(call, ...names);
  }
  throw notImplemented(`${method} ${path}`);
};
