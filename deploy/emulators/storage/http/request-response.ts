import type { IncomingHttpHeaders } from 'node:http';
import type { StorageModel } from '../model/storage.js';

/** One request, read to its end. */
export interface StorageRequest {
  readonly model: StorageModel;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** False of a request whose sender went away before the end of its body. */
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
