import { once } from 'node:events';
import { createServer } from 'node:http2';

/** A gRPC frame: not compressed, length, `PublishResponse { message_ids: ["1"] }`. */
const PUBLISHED = Buffer.from([0, 0, 0, 0, 3, 0x0a, 1, 0x31]);

export interface AcceptingPubsub {
  /** For `PUBSUB_EMULATOR_HOST`. */
  readonly host: string;
  /** The paths of the calls so far, oldest first. */
  readonly calls: readonly string[];
  readonly close: () => void;
}

/** Speaks just enough gRPC to accept every message that is published to it. */
export const acceptingPubsub = async (): Promise<AcceptingPubsub> => {
  const calls: string[] = [];
  const sessions = new Set<{ readonly destroy: () => void }>();
  const server = createServer();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, headers) => {
    calls.push(String(headers[':path']));
    stream.resume();
    stream.on('error', () => undefined);
    stream.on('end', () => {
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc+proto' },
        { waitForTrailers: true },
      );
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(PUBLISHED);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP port');
  return {
    host: `127.0.0.1:${address.port}`,
    calls,
    close: () => {
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
};
