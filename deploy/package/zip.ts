import { type Zippable, zipSync } from 'fflate';

const UNIX = 3;
/** A regular file with mode `-rw-r--r--`. */
const MODE = 0o100644 << 16;
/**
 * ZIP stores local time without a zone, and fflate converts to the local zone, so this date is
 * local. It is the earliest day of the format, at an hour that no zone skipped on that day.
 */
const written = (): Date => new Date(1980, 0, 1, 12);

/** A ZIP archive that depends on the files alone: order, times and modes are fixed. */
export const zipOf = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const entries: Zippable = {};
  for (const path of [...files.keys()].sort()) entries[path] = files.get(path) ?? new Uint8Array();
  return zipSync(entries, { level: 9, mtime: written(), os: UNIX, attrs: MODE });
};
