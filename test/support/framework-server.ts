import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { errorMessage } from '../../shared/codec/error-message.js';

/**
 * One thread for all tests of a process, started with the first server; it ends with the process.
 */
let thread: Worker | undefined;
const frameworkThread = (): Worker => {
  if (thread === undefined) {
    const module = new URL('./framework-thread.mjs', import.meta.url);
    thread = new Worker(module, { execArgv: [] });
    thread.unref();
  }
  return thread;
};

interface Forwarded {
  readonly event: unknown;
  readonly reply: MessagePort;
}

/** A function behind the functions framework's own HTTP server. */
export interface FrameworkServer {
  readonly origin: string;
  readonly close: () => void;
}

/** Serves a function; its handler runs in this thread, the framework in one of its own. */
export const serveFunction = async (
  name: string,
  handler: (event: unknown) => unknown,
): Promise<FrameworkServer> => {
  const { port1, port2 } = new MessageChannel();
  const listening = once(port1, 'message');
  frameworkThread().postMessage({ name, port: port2 }, [port2]);
  const [{ httpPort }] = await listening;
  port1.on('message', async ({ event, reply }: Forwarded) => {
    try {
      await handler(event);
      reply.postMessage({});
    } catch (error) {
      reply.postMessage({ thrown: errorMessage(error) });
    }
  });
  return { origin: `http://127.0.0.1:${httpPort}`, close: () => port1.close() };
};
