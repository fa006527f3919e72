import { crc32 } from 'node:zlib';
import { unzipSync } from 'fflate';
import * as E from 'fp-ts/lib/Either.js';
import { errorMessage } from '../../codec/error-message.js';
import type { InputProblem } from '../input-problems.js';

const EXPECTED = 'a ZIP file with one CSV file in it';
/** A month of daily bars has 4 kB; a larger file than this is not one. */
const LARGEST = 16 * 1024 * 1024;

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_END_SIZE = 22;
const DIRECTORY_OFFSET_AT = 16;
const ENTRY_CRC_AT = 16;

/** The CRC-32 that the directory states for its first file; fflate does not check it. */
const statedCrc = (zip: Uint8Array): number | undefined => {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (let at = zip.length - DIRECTORY_END_SIZE; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== DIRECTORY_END) continue;
    const crcAt = view.getUint32(at + DIRECTORY_OFFSET_AT, true) + ENTRY_CRC_AT;
    return crcAt + 4 <= zip.length ? view.getUint32(crcAt, true) : undefined;
  }
  return undefined;
};

/** The CSV file in a ZIP file that must contain no other. */
export const unzipCsv = (zip: Uint8Array): E.Either<readonly InputProblem[], Uint8Array> => {
  const reject = (got: string): E.Either<readonly InputProblem[], never> =>
    E.left([{ expected: EXPECTED, got }]);
  const names: string[] = [];
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        names.push(name);
        return originalSize <= LARGEST;
      },
    });
  } catch (cause) {
    return reject(`a damaged one (${errorMessage(cause)})`);
  }
  const [name = ''] = names;
  if (names.length !== 1 || !name.endsWith('.csv'))
    return reject(names.length === 0 ? 'an empty one' : names.join(', '));
  const content = files[name];
  if (content === undefined) return reject(`a file of more than ${LARGEST} bytes`);
  if (crc32(content) !== statedCrc(zip)) return reject('a damaged one (wrong CRC-32)');
  return E.right(content);
};
