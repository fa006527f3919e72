import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface MutingProxy {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** How many connections have been made so far. */
  readonly connections: () => number;
  /** Connections that are open now stay open, and nothing passes them any more. */
  readonly mute: () => void;
  /** The next `count` connections are mute from the beginning. */
  readonly muteNext: (count: number) => void;
  readonly close: () => Promise<void>;
}

interface Link {
  readonly near: Socket;
  readonly far: Socket;
}

const silence = ({ near, far }: Link): void => {
  near.unpipe(far).resume();
  far.unpipe(near).resume();
};

/** Passes TCP on to `target` (`host:port`), until it is told to go mute. */
export const mutingProxy = async (target: string): Promise<MutingProxy> => {
  const { hostname, port } = new URL(`http://${target}`);
  const links = new Set<Link>();
  let muteUntil = 0;
  let made = 0;
  const server = createServer((near) => {
    made += 1;
    const far = connect(Number(port), hostname);
    const link = { near, far };
    links.add(link);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.once('close', () => {
      links.delete(link);
      far.destroy();
    });
    near.pipe(far).pipe(near);
    if (made <= muteUntil) silence(link);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port');
  return {
    host: `127.0.0.1:${address.port}`,
    connections: () => made,
    mute: () => links.forEach(silence),
    muteNext: (count) => {
      muteUntil = made + count;
    },
    close: async () => {
      for (const { near } of links) near.destroy();
      await once(server.close(), 'close');
    },
  };
};
