import { type Zippable, zipSync } from 'fflate';

const UNIX = 3;
/** A plain file that everybody may read: `-rw-r--r--`. */
const MODE = 0o100644 << 16;
/**
 * ZIP has no zone, and fflate writes what a clock on the wall shows: so this is in the zone of
 * whoever runs it. The earliest day of the format, and an hour that no zone has skipped on it.
 */
const written = (): Date => new Date(1980, 0, 1, 12);

/** A ZIP archive that depends on nothing but the files: their order, times and modes are fixed. */
export const zipOf = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const entries: Zippable = {};
  for (const path of [...files.keys()].sort()) entries[path] = files.get(path) ?? new Uint8Array();
  return zipSync(entries, { level: 9, mtime: written(), os: UNIX, attrs: MODE });
};
