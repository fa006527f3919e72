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

/** Tries at reading one object before giving way; each lost race means that it was replaced. */
const MAXIMUM_RACES = 5;

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

/** Errors carry the HTTP status in `code`; some of the client's layers put it in `status`. */
const isStatus = (error: unknown, status: number): boolean =>
  error instanceof Error &&
  (('code' in error && Number(error.code) === status) ||
    ('status' in error && error.status === status));

/** What a request finds, or undefined where there is nothing. */
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

/** What is known of an object, or undefined where there is none. */
const metadataOf = (file: File, silence: number, signal: AbortSignal) =>
  orAbsent(untilAnswered(signal, () => withTimeout(silence, file.getMetadata())));

/**
 * An object's bytes, checked against its checksum. The client would wait for an answer that never
 * begins, and for a body that breaks off or dries up, until the function is ended.
 */
const download = async (file: File, silence: number, signal: AbortSignal): Promise<Buffer> => {
  const stream = addAbortSignal(signal, file.createReadStream({ validation: 'crc32c' }));
  allowBodyListeners(stream);
  const chunks: Buffer[] = [];
  let late: Error = new DeadlineExceeded(silence);
  const timer = setTimeout(() => stream.destroy(late), silence);
  stream.once('response', () => {
    late = new Error(`its bytes stopped coming for ${silence} ms`);
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

/** Page by page: a long list may take longer than one answer. */
const filesUnder = async (
  bucket: Bucket,
  prefix: string,
  silence: number,
  signal: AbortSignal,
): Promise<readonly File[]> => {
  const files: File[] = [];
  let pageToken: string | undefined;
  do {
    // A new object for each request: the client changes it, and would then read all pages at once.
    const query = {
      prefix,
      autoPaginate: false,
      ...(pageToken === undefined ? {} : { pageToken }),
    };
    const request = () => withTimeout(silence, bucket.getFiles({ ...query }));
    const page: GetFilesResponse = await untilAnswered(signal, request);
    files.push(...page[0]);
    // After the last page the client says null, whatever its types say.
    pageToken = page[1]?.pageToken;
  } while (pageToken !== undefined);
  return files;
};

/**
 * One request, never repeated: `save` would try again after a lost answer, and be told 412 because
 * of its own first try. Here 412 always means somebody else, and a lost answer is a failure: the
 * message comes again, and its step compares what then stands there.
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
    // The service refuses bytes that do not have this MD5. The client would compare too late, and
    // delete whatever stands there by then, perhaps somebody else's object.
    validation: false,
  });
  return finished(addAbortSignal(signal, stream).end(bytes));
};

/**
 * Objects of one bucket, below `rootPrefix/`. A bucket that does not exist is found by writing.
 *
 * `patience` is for one operation with all tries. Version 7 of the client has a timeout for one try
 * only and makes four; version 8 has none at all. What is given up may still happen, as after a lost
 * answer.
 */
export const gcsObjectStore = (
  bucket: Bucket,
  rootPrefix: string,
  patience = BOUNDS.object,
): ObjectStore => {
  const root = `${rootPrefix}/`;
  const silence = bucket.storage.timeout ?? BOUNDS.objectRequest;
  const patiently = <A>(
    action: string,
    work: (signal: AbortSignal) => Promise<A>,
  ): TaskEither<Failure, A> => tryTask(action, () => abortedAfter(patience, work));
  const fileOf = (key: string, generation?: Generation) =>
    bucket.file(requireName(root + key), generation === undefined ? {} : { generation });

  const look = async (key: string, signal: AbortSignal): Promise<ObjectInfo | undefined> => {
    const found = await metadataOf(fileOf(key), silence, signal);
    return found && infoOf(key, found[0]);
  };

  /**
   * An account that may create but not delete can be told 403, not 412, for what stands there
   * already: the right to write over it may be asked for before the precondition is looked at.
   */
  const wasRefused = async (error: unknown, key: string, signal: AbortSignal): Promise<boolean> =>
    isStatus(error, 403) && (await look(key, signal)) !== undefined;

  return {
    head: (key) =>
      patiently(`look at object ${key}`, async (signal) => O.fromNullable(await look(key, signal))),
    read: (key) =>
      patiently(`read object ${key}`, async (signal) => {
        for (let races = 0; races < MAXIMUM_RACES; races++) {
          const info = await look(key, signal);
          if (info === undefined) return O.none;
          // By generation: bytes written since would not be those that `info` speaks of.
          const file = fileOf(key, info.generation);
          const bytes = await orAbsent(
            untilAnswered(signal, () => download(file, silence, signal)),
          );
          if (bytes !== undefined) return O.some({ ...info, bytes });
        }
        throw new Error(`it was replaced ${MAXIMUM_RACES} times while it was being read`);
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
        const files = await filesUnder(bucket, root + prefix, silence, signal);
        return (
          files
            .map(({ name, metadata }) => infoOf(name.slice(root.length), metadata))
            // The service goes by UTF-8, which differs from every other sort here beyond U+FFFF.
            .sort((a, b) => (a.key < b.key ? -1 : 1))
        );
      }),
  };
};
