import { EventEmitter, setMaxListeners } from 'node:events';
import type { Readable } from 'node:stream';

/**
 * The client's layers (storage, teeny-request, node-fetch) put twelve listeners on the body of a
 * download, each for as long as the body lasts. From eleven on, Node.js warns of a leak.
 */
const LISTENERS_PER_BODY = 20;

/** Makes room for the listeners of the client's own layers on the body of a download. */
export const allowBodyListeners = (download: Readable): void => {
  download.once('response', (body: unknown) => {
    if (body instanceof EventEmitter) setMaxListeners(LISTENERS_PER_BODY, body);
  });
};
