import { invalid } from '../model/storage-error.js';

/** The parsed Content-Range of a resumable upload request. */
export type ContentRange =
  | { readonly kind: 'question' }
  | {
      readonly kind: 'bytes';
      readonly start: number;
      /** Exclusive; undefined if the length of the body determines it. */
      readonly end: number | undefined;
      /** The object's size, as far as the request states it. */
      readonly total: number | 'unknown' | 'where the body ends';
    };

const QUESTION = /^bytes \*\/(?:\*|\d+)$/;
const BYTES = /^bytes (\d+)-(\d+|\*)\/(\d+|\*)$/;

/**
 * `bytes 0-262143/*`, `bytes 262144-300000/300001`, and the open end of a stream (`bytes 0-*` with
 * `*` or a size as total). Without the header the body is the whole object.
 */
export const contentRange = (header: string | undefined): ContentRange => {
  if (header === undefined)
    return { kind: 'bytes', start: 0, end: undefined, total: 'where the body ends' };
  if (QUESTION.test(header)) return { kind: 'question' };
  const match = BYTES.exec(header);
  if (match === null) throw invalid(`Content-Range: expected "bytes …", got "${header}".`);
  const [, start, last, total] = match;
  const openEnded = last === '*';
  return {
    kind: 'bytes',
    start: Number(start),
    end: openEnded ? undefined : Number(last) + 1,
    total: total !== '*' ? Number(total) : openEnded ? 'where the body ends' : 'unknown',
  };
};
