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

/** What the stars of its path stand for comes after the call. */
type Handler = (call: StorageRequest, ...names: string[]) => StorageResponse;

interface Route {
  readonly method: string;
  readonly path: string;
  readonly handler: Handler;
  /** Is called with what arrived of a body that broke off; the others then never hear of it. */
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

/** What stands for the stars, or undefined where the path is another. */
const namesIn = (path: readonly string[], pattern: string): readonly string[] | undefined => {
  const expected = pattern.split('/');
  const fits =
    path.length === expected.length &&
    expected.every((segment, index) => segment === '*' || segment === path[index]);
  return fits ? path.filter((_, index) => expected[index] === '*').map(decoded) : undefined;
};

/**
 * Answers a request; undefined where a request that broke off has no effect. `path` is still
 * encoded: a slash inside of a name is none of the path's.
 */
export const respond = (
  method: string,
  path: string,
  call: StorageRequest,
): StorageResponse | undefined => {
  // With STORAGE_EMULATOR_HOST the client leaves /storage/v1 out.
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
