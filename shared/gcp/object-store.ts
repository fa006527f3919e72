import { createHash } from 'node:crypto';
import { addAbortSignal } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Bucket, File, FileMetadata, GetFilesResponse } from '@google-cloud/storage';
import * as O from 'fp-ts/lib/Option.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type Failure, FailureError, permanent } from '../codec/failure.js';
import type { Generation, ObjectInfo, ObjectStore, WriteOptions } from '../ports/object-store.js';
import { tryTask } from '../try-task.js';
import { DeadlineExceeded, withTimeout } from '../with-timeout.js';
import { abortedAfter } from './abort-after-timeout.js';
import { allowBodyListeners } from './body-listeners.js';
import { untilAnswered } from './retry-until-answered.js';
import { BOUNDS } from './timeouts.js';

/** Maximum reads of one object; each lost race means that the object was replaced. */
const MAX_RACES = 5;

const MAXIMUM_NAME_BYTES = 1024;
/** Line breaks, and halves of surrogate pairs, which have no UTF-8 form. */
const UNNAMEABLE = /[\r\n\p{Surrogate}]/u;

const requireName = (name: string): string => {
  const bytes = Buffer.byteLength(name);
  if (bytes <= MAXIMUM_NAME_BYTES && !UNNAMEABLE.test(name)) return name;
  throw new FailureError(
    permanent(
      'conflict',
      `Cloud Storage cannot hold ${JSON.stringify(name)}: a name is at most ${MAXIMUM_NAME_BYTES} bytes of UTF-8 without line breaks, and this one has ${bytes}.`,
    ),
  );
};

/** Errors have the HTTP status in `code`; some of the client's layers use `status`. */
const isStatus = (error: unknown, status: number): boolean =>
  error instanceof Error &&
  (('code' in error && Number(error.code) === status) ||
    ('status' in error && error.status === status));

/** The result of a request, or undefined for a 404. */
const orAbsent = <A>(request: Promise<A>): Promise<A | undefined> =>
  request.catch((error: unknown) => {
    if (isStatus(error, 404)) return undefined;
    throw error;
  });

/** Generations are microseconds since 1970: safe integers until the year 2255. */
const generationOf = ({ generation }: FileMetadata): Generation => {
  const number = Number(generation);
  if (Number.isSafeInteger(number)) return number;
  throw new Error(`its generation should be a safe integer and is ${generation}`);
};

const infoOf = (key: string, stored: FileMetadata): ObjectInfo => ({
  key,
  generation: generationOf(stored),
  size: Number(stored.size),
  metadata: Object.fromEntries(
    Object.entries(stored.metadata ?? {}).map(([name, value]) => [name, String(value)]),
  ),
});

/** The metadata of an object, or undefined if the object does not exist. */
const metadataOf = (file: File, idleTimeout: number, signal: AbortSignal) =>
  orAbsent(untilAnswered(signal, () => withTimeout(idleTimeout, file.getMetadata())));

/**
 * Downloads an object and verifies its checksum. Without its own timeouts, the client waits for a
 * missing response or a stalled body until the function is terminated.
 */
const download = async (file: File, idleTimeout: number, signal: AbortSignal): Promise<Buffer> => {
  const stream = addAbortSignal(signal, file.createReadStream({ validation: 'crc32c' }));
  allowBodyListeners(stream);
  const chunks: Buffer[] = [];
  let late: Error = new DeadlineExceeded(idleTimeout);
  const timer = setTimeout(() => stream.destroy(late), idleTimeout);
  stream.once('response', () => {
    late = new Error(`no bytes arrived for ${idleTimeout} ms`);
    timer.refresh();
  });
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      timer.refresh();
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
};

/** Page by page: a long list may take longer than the timeout of one request. */
const filesUnder = async (
  bucket: Bucket,
  prefix: string,
  idleTimeout: number,
  signal: AbortSignal,
): Promise<readonly File[]> => {
  const files: File[] = [];
  let pageToken: string | undefined;
  do {
    // A new object per request, because the client modifies it and would then read all pages.
    const query = {
      prefix,
      autoPaginate: false,
      ...(pageToken === undefined ? {} : { pageToken }),
    };
    const request = () => withTimeout(idleTimeout, bucket.getFiles({ ...query }));
    const page: GetFilesResponse = await untilAnswered(signal, request);
    files.push(...page[0]);
    // After the last page the client returns null, contrary to its types.
    pageToken = page[1]?.pageToken;
  } while (pageToken !== undefined);
  return files;
};

/**
 * One request without retries: `save` retries after a lost response and then receives 412 because
 * of its own first attempt. Here 412 always means another writer, and a lost response is a failure:
 * the message is redelivered, and its step compares the stored object.
 */
const upload = (
  file: File,
  bytes: Uint8Array,
  { ifGenerationMatch, contentType, metadata }: WriteOptions,
  signal: AbortSignal,
): Promise<void> => {
  const stream = file.createWriteStream({
    resumable: false,
    preconditionOpts: { ifGenerationMatch },
    contentType,
    metadata: {
      md5Hash: createHash('md5').update(bytes).digest('base64'),
      metadata: { ...metadata },
    },
    // The service rejects bytes with another MD5. The client would compare after the upload and
    // delete the object, which may by then be another writer's.
    validation: false,
  });
  return finished(addAbortSignal(signal, stream).end(bytes));
};

/**
 * Objects of one bucket, below `rootPrefix/`. A missing bucket is detected only by a write.
 *
 * `patience` is the timeout of one operation, including retries. Version 7 of the client has a
 * timeout only per attempt and makes four; version 8 has none. An operation that timed out may
 * still take effect, as after a lost response.
 */
export const gcsObjectStore = (
  bucket: Bucket,
  rootPrefix: string,
  patience = BOUNDS.object,
): ObjectStore => {
  const root = `${rootPrefix}/`;
  const idleTimeout = bucket.storage.timeout ?? BOUNDS.objectRequest;
  const patiently = <A>(
    action: string,
    work: (signal: AbortSignal) => Promise<A>,
  ): TaskEither<Failure, A> => tryTask(action, () => abortedAfter(patience, work));
  const fileOf = (key: string, generation?: Generation) =>
    bucket.file(requireName(root + key), generation === undefined ? {} : { generation });

  const look = async (key: string, signal: AbortSignal): Promise<ObjectInfo | undefined> => {
    const found = await metadataOf(fileOf(key), idleTimeout, signal);
    return found && infoOf(key, found[0]);
  };

  /**
   * An account with permission to create but not to delete may receive 403 instead of 412 for an
   * existing object, because Cloud Storage may check permissions before preconditions.
   */
  const wasRefused = async (error: unknown, key: string, signal: AbortSignal): Promise<boolean> =>
    isStatus(error, 403) && (await look(key, signal)) !== undefined;

  return {
    head: (key) =>
      patiently(`look at object ${key}`, async (signal) => O.fromNullable(await look(key, signal))),
    read: (key) =>
      patiently(`read object ${key}`, async (signal) => {
        for (let races = 0; races < MAX_RACES; races++) {
          const info = await look(key, signal);
          if (info === undefined) return O.none;
          // By generation, so that the bytes match `info` even if the object was replaced since.
          const file = fileOf(key, info.generation);
          const bytes = await orAbsent(
            untilAnswered(signal, () => download(file, idleTimeout, signal)),
          );
          if (bytes !== undefined) return O.some({ ...info, bytes });
        }
        throw new Error(`it was replaced ${MAX_RACES} times while it was being read`);
      }),
    write: (key, bytes, options) =>
      patiently(`write object ${key}`, async (signal) => {
        const file = fileOf(key);
        try {
          await upload(file, bytes, options, signal);
        } catch (error) {
          if (
            isStatus(error, 412) ||
            (options.ifGenerationMatch === 0 && (await wasRefused(error, key, signal)))
          )
            return { outcome: 'precondition_failed' };
          throw error;
        }
        return { outcome: 'written', generation: generationOf(file.metadata) };
      }),
    list: (prefix) =>
      patiently(`list objects under ${prefix}`, async (signal) => {
        const files = await filesUnder(bucket, root + prefix, idleTimeout, signal);
        return (
          files
            .map(({ name, metadata }) => infoOf(name.slice(root.length), metadata))
            // The service sorts by UTF-8, which differs from UTF-16 order beyond U+FFFF.
            .sort((a, b) => (a.key < b.key ? -1 : 1))
        );
      }),
  };
};
