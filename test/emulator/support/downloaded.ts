import { buffer } from 'node:stream/consumers';
import type { File } from '@google-cloud/storage';
import { allowBodyListeners } from '../../../shared/gcp/body-listeners.js';

/** What `download()` gives, without the warnings that Node.js prints about the client's layers. */
export const downloaded = (file: File): Promise<Buffer> => {
  const stream = file.createReadStream();
  allowBodyListeners(stream);
  return buffer(stream);
};
