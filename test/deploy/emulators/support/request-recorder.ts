import { once } from 'node:events';
import { createServer } from 'node:http';

export interface Recorded {
  readonly method: string;
  readonly path: string;
  /** The parsed JSON body. */
  readonly body: unknown;
}

export interface Recorder {
  readonly host: string;
  readonly requests: readonly Recorded[];
  /** The next request that was not returned yet. */
  readonly next: () => Promise<Recorded>;
  readonly close: () => Promise<void>;
}

/** A server that records requests and responds `{}` with a given status. */
export const startRecorder = async (
  statusOf: (request: Recorded) => number = () => 200,
): Promise<Recorder> => {
  const requests: Recorded[] = [];
  const waiting: ((request: Recorded) => void)[] = [];
  let handedOut = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const recorded: Recorded = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
    };
    response.writeHead(statusOf(recorded), { 'content-type': 'application/json' }).end('{}');
    requests.push(recorded);
    const reader = waiting.shift();
    if (reader === undefined) return;
    handedOut += 1;
    reader(recorded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    host: `127.0.0.1:${address.port}`,
    requests,
    next: () => {
      const request = requests[handedOut];
      if (request === undefined) return new Promise((resolve) => waiting.push(resolve));
      handedOut += 1;
      return Promise.resolve(request);
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
