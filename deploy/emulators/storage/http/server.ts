import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { errorMessage } from '../../../../shared/codec/error-message.js';
import type { StorageModel } from '../model/storage.js';
import { StorageError } from '../model/storage-error.js';
import { jsonResponse, type StorageRequest, type StorageResponse } from './request-response.js';
import { respond } from './routes.js';

/** The body, or the part that arrived before the client disconnected. */
const bodyOf = async (
  request: IncomingMessage,
): Promise<Pick<StorageRequest, 'body' | 'complete'>> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return { body: Buffer.concat(chunks), complete: false };
  }
  return { body: Buffer.concat(chunks), complete: true };
};

const errorAnswer = (error: unknown): StorageResponse => {
  const rejected = error instanceof StorageError;
  const message = errorMessage(error);
  const { status, reason } = rejected ? error : { status: 500, reason: 'internalError' };
  if (status === 304) return { status };
  const errors = [{ message, domain: 'global', reason }];
  return jsonResponse({ error: { code: status, message, errors } }, status);
};

const answerOf = async (
  model: StorageModel,
  request: IncomingMessage,
): Promise<StorageResponse | undefined> => {
  const received = await bodyOf(request);
  const { method = 'GET', url = '/', headers } = request;
  const [path = '/', query = ''] = url.split('?', 2);
  const call = { model, headers, query: new URLSearchParams(query), ...received };
  try {
    return respond(method, path, call);
  } catch (error) {
    return errorAnswer(error);
  }
};

const send = (response: ServerResponse, { status, headers = {}, body }: StorageResponse): void => {
  // Neither status has a body in HTTP.
  const length = status === 204 || status === 304 ? {} : { 'content-length': body?.length ?? 0 };
  response.writeHead(status, { ...headers, ...length }).end(body);
};

/** Creates an HTTP server for the JSON API of a model. It is not listening yet. */
export const storageServer = (model: StorageModel): Server =>
  createServer((request, response) => {
    answerOf(model, request).then(
      (found) => (found === undefined ? response.destroy() : send(response, found)),
      (error) => response.destroy(error),
    );
  });
