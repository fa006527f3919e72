import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';

/** Any instant will do, as long as the same files give the same bytes. */
const MODIFIED = '2026-01-01T12:00:00Z';

/** Packs a folder into one file. The zip stores: Brotli finds what its files have in common. */
export const packFolder = (folder: string, file: string): void => {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const zip = zipSync(
    Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path)])),
    { level: 0, mtime: MODIFIED },
  );
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: zip.length,
  };
  writeFileSync(file, brotliCompressSync(zip, { params }));
};

/** Writes the files of a packed folder below `folder`. */
export const unpackFolder = (file: string, folder: string): void => {
  const files = unzipSync(brotliDecompressSync(readFileSync(file)));
  for (const [path, bytes] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
};
