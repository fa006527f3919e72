import type { Expected } from './checksums.js';
import type { Conditions } from './conditions.js';
import type { Stamp } from './generations.js';
import type { ObjectFacts, Place } from './object.js';
import type { Objects } from './objects.js';
import type { Settings } from './settings.js';
import { invalid, notFound, sendAgain } from './storage-error.js';

interface UploadStart {
  readonly place: Place;
  readonly settings: Settings;
  readonly expected: Expected;
  readonly conditions: Conditions;
}

/** Bytes of an upload; `total` is undefined while the object's size is unknown. */
interface Chunk {
  readonly start: number;
  readonly bytes: Buffer;
  readonly total: number | undefined;
  readonly expected: Expected;
}

export type UploadState =
  | { readonly kind: 'open'; readonly persisted: number }
  | { readonly kind: 'done'; readonly object: ObjectFacts };

export interface Uploads {
  /** The new upload's id. */
  readonly start: (upload: UploadStart) => string;
  readonly append: (id: string, chunk: Chunk) => UploadState;
  readonly state: (id: string) => UploadState;
  readonly cancel: (id: string) => void;
}

/** The service keeps only whole blocks of an incomplete upload. */
const BLOCK_BYTES = 256 * 1024;

interface Session extends UploadStart {
  readonly chunks: Buffer[];
  state: UploadState;
}

/** Resumable uploads. They survive the end of a connection. */
export const uploads = (objects: Objects, stamp: () => Stamp): Uploads => {
  const sessions = new Map<string, Session>();
  const find = (id: string): Session => {
    const session = sessions.get(id);
    if (session === undefined) throw notFound(`No such upload: ${id}.`);
    return session;
  };

  const finish = (id: string, session: Session, expected: Expected): UploadState => {
    const { place, settings, conditions } = session;
    // The bytes are not needed again, whether the write succeeds or fails.
    sessions.delete(id);
    const bytes = Buffer.concat(session.chunks.splice(0));
    const { crc32c = session.expected.crc32c, md5Hash = session.expected.md5Hash } = expected;
    const content = { bytes, settings, expected: { crc32c, md5Hash } };
    const { bytes: _, ...object } = objects.write(place, content, conditions);
    session.state = { kind: 'done', object };
    sessions.set(id, session);
    return session.state;
  };

  return {
    start: (upload) => {
      objects.demandWritable(upload.place, upload.conditions);
      const id = String(stamp().generation);
      sessions.set(id, { ...upload, chunks: [], state: { kind: 'open', persisted: 0 } });
      return id;
    },
    state: (id) => find(id).state,
    cancel: (id) => {
      find(id);
      sessions.delete(id);
    },
    append: (id, { start, bytes, total, expected }) => {
      const session = find(id);
      // The response to the last chunk was lost, and the client resends it.
      if (session.state.kind === 'done') return session.state;
      const { persisted } = session.state;
      const end = start + bytes.length;
      if (start > persisted)
        throw sendAgain(`The chunk starts at byte ${start}; only ${persisted} bytes are here.`);
      if (total !== undefined && end > total)
        throw invalid(`The chunk ends at byte ${end} of an object of ${total} bytes.`);
      const complete = end === total;
      const kept = complete ? end : Math.max(persisted, end - (end % BLOCK_BYTES));
      if (kept > persisted) session.chunks.push(bytes.subarray(persisted - start, kept - start));
      session.state = { kind: 'open', persisted: Math.max(persisted, kept) };
      return complete ? finish(id, session, expected) : session.state;
    },
  };
};
