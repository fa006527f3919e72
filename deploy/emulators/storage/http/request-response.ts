import type { IncomingHttpHeaders } from 'node:http';
import type { StorageModel } from '../model/storage.js';

/** One request with its body. */
export interface StorageRequest {
  readonly model: StorageModel;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** False if the client disconnected before the end of the body. */
  readonly complete: boolean;
}

export interface StorageResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export const jsonResponse = (value: unknown, status = 200): StorageResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8' },
  body: Buffer.from(JSON.stringify(value)),
});
