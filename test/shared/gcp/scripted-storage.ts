import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type Bucket, Storage } from '@google-cloud/storage';

/** What the service does with one request once it has all of it. */
export type Answer = (response: ServerResponse) => void;

export const json =
  (body: unknown, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
    response.end(JSON.stringify(body));
  };

export const refusal = (code: number, message: string): Answer =>
  json({ error: { code, message, errors: [{ message, reason: 'scripted' }] } }, code);

export const media =
  (text: string, crc32c: string): Answer =>
  (response) => {
    response.writeHead(200, {
      'content-type': 'text/plain',
      'x-goog-hash': `crc32c=${crc32c}`,
      'x-goog-stored-content-encoding': 'identity',
    });
    response.end(text);
  };

/** The service may have done what it was asked to; the client cannot know. */
export const hangUp: Answer = (response) => {
  response.destroy();
};

/** A body that is promised to be longer than what comes of it. */
export const interrupted =
  (text: string, crc32c: string, end: 'breaks off' | 'dries up'): Answer =>
  (response) => {
    response.writeHead(200, {
      'content-type': 'text/plain',
      'content-length': text.length + 1,
      'x-goog-hash': `crc32c=${crc32c}`,
      'x-goog-stored-content-encoding': 'identity',
    });
    response.write(text, () => {
      if (end === 'breaks off') response.destroy();
    });
  };

/** The connection stays open, and nothing comes. */
export const unanswered: Answer = () => undefined;

/** A body that goes on for as long as the connection does. */
export const trickle: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  const timer = setInterval(() => response.write('.'), 20);
  response.on('close', () => clearInterval(timer));
};

export interface ScriptedStorage {
  readonly bucket: Bucket;
  /** `METHOD path?query`, line break, body of every request so far. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** A bucket whose service gives these answers, one a request, and none after the last. */
export const scriptedStorage = async (...answers: readonly Answer[]): Promise<ScriptedStorage> => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[requests.length] ?? refusal(400, 'The script has ended.');
    const index = requests.push(`${request.method} ${request.url}\n`) - 1;
    request.on('data', (chunk: Buffer) => {
      requests[index] += chunk.toString();
    });
    request.on('end', () => answer(response));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  const apiEndpoint = `http://127.0.0.1:${address.port}`;
  return {
    bucket: new Storage({ projectId: 'demo', apiEndpoint }).bucket('demo-bucket'),
    requests,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
};
