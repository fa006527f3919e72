import { once } from 'node:events';
import { createServer } from 'node:net';
import { isCode } from '../../shared/local/files.js';

/**
 * Below the ephemeral port range, so that no outgoing connection takes an emulator's port while the
 * emulator is down.
 */
const FIRST = 20_000;
const COUNT = 12_000;

// Launchers that start together search from different ports.
let next = (process.pid * 97) % COUNT;

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (isCode(error, 'EADDRINUSE') || isCode(error, 'EACCES')) return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
};

/** A free loopback port; never the same one twice in a process. */
export const freePort = async (): Promise<number> => {
  for (let tried = 0; tried < COUNT; tried++) {
    const port = FIRST + next;
    next = (next + 1) % COUNT;
    if (await isFree(port)) return port;
  }
  throw new Error(`Every loopback port from ${FIRST} to ${FIRST + COUNT - 1} is taken.`);
};
