import type { Emulator } from './emulator.js';
import { freePort } from './free-port.js';
import { fakeStorageServer } from './storage/fake-server.js';

/** Serves the Cloud Storage stand-in in this process. It keeps its objects while it is down. */
export const startStorage = async (): Promise<Emulator> => {
  const standIn = fakeStorageServer();
  const port = await freePort();
  await standIn.listen(port);
  let up = true;
  return {
    host: `127.0.0.1:${port}`,
    pid: () => undefined,
    kill: async () => {
      if (up) await standIn.close();
      up = false;
    },
    restart: async () => {
      if (!up) await standIn.listen(port);
      up = true;
    },
  };
};
