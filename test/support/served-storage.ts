import { type Bucket, Storage } from '@google-cloud/storage';
import {
  type FakeStorageServer,
  fakeStorageServer,
} from '../../deploy/emulators/storage/fake-server.js';

/** Runs with the variable set, or unset, and leaves it as it was. */
export const withEmulatorHost = <A>(host: string | undefined, task: () => A): A => {
  const { STORAGE_EMULATOR_HOST: before } = process.env;
  const set = (value: string | undefined): void => {
    if (value === undefined) delete process.env.STORAGE_EMULATOR_HOST;
    else process.env.STORAGE_EMULATOR_HOST = value;
  };
  set(host);
  try {
    return task();
  } finally {
    set(before);
  }
};

/** Google's client, which fails at once instead of trying again. */
export const storageClient = (url: string): Storage =>
  // The variable would win over the address given here.
  withEmulatorHost(
    undefined,
    () =>
      new Storage({
        apiEndpoint: url,
        projectId: 'demo',
        useAuthWithCustomEndpoint: false,
        retryOptions: { autoRetry: false },
      }),
  );

/** Google's client as a program gets it whose environment names the emulator. */
export const storageClientOfEnvironment = (url: string): Storage =>
  withEmulatorHost(url, () => new Storage({ projectId: 'demo' }));

export interface ServedStorage {
  readonly standIn: FakeStorageServer;
  readonly url: () => string;
  readonly client: () => Storage;
  /** Made anew for every test. */
  readonly bucket: () => Bucket;
}

/** Serves a stand-in for the tests of the enclosing suite. */
export const servedStorage = (): ServedStorage => {
  const standIn = fakeStorageServer();
  let url = '';
  let count = 0;
  before(async () => {
    url = await standIn.listen();
  });
  beforeEach(async () => {
    count += 1;
    await storageClient(url).createBucket(`bucket-${count}`);
  });
  after(() => standIn.close());
  const client = (): Storage => storageClient(url);
  return { standIn, url: () => url, client, bucket: () => client().bucket(`bucket-${count}`) };
};

/**
 * For `assert.rejects`. The client has the HTTP status in `code`, or else in `status`; what it
 * rejects with at the end of a resumable upload is the answer's `error`, which is no Error.
 */
export const refusedWith =
  (expected: number, message = /./) =>
  (error: unknown): boolean => {
    const thrown: Partial<Record<'code' | 'status' | 'message', unknown>> = Object(error);
    return (thrown.code ?? thrown.status) === expected && message.test(String(thrown.message));
  };

/** Bytes without a pattern that a mistake in order or offset would leave intact. */
export const unpatterned = (size: number): Buffer => {
  const bytes = Buffer.alloc(size);
  let state = 1;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
};
