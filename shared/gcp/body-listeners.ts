import { EventEmitter, setMaxListeners } from 'node:events';
import type { Readable } from 'node:stream';

/**
 * The client's layers (storage, teeny-request, node-fetch) add twelve listeners to the body of a
 * download until it ends. From eleven listeners on, Node.js warns of a leak.
 */
const LISTENERS_PER_BODY = 20;

/** Raises the listener limit on the body of a download. */
export const allowBodyListeners = (download: Readable): void => {
  download.once('response', (body: unknown) => {
    if (body instanceof EventEmitter) setMaxListeners(LISTENERS_PER_BODY, body);
  });
};
