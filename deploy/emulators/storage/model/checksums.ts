import { createHash } from 'node:crypto';
import { crc32c } from './crc32c.js';
import { invalid } from './storage-error.js';

/** The checksums that the client states, in base64. */
export interface Expected {
  readonly md5Hash?: string | undefined;
  readonly crc32c?: string | undefined;
}

export interface Checksums {
  readonly md5Hash: string;
  readonly crc32c: string;
}

/** Computes the checksums of the bytes, and rejects bytes that do not match the expected ones. */
export const verified = (bytes: Uint8Array, expected: Expected): Checksums => {
  const md5Hash = createHash('md5').update(bytes).digest('base64');
  if (expected.md5Hash !== undefined && expected.md5Hash !== md5Hash)
    throw invalid(`Provided MD5 hash "${expected.md5Hash}" doesn't match calculated "${md5Hash}".`);
  const crc = crc32c(bytes);
  if (expected.crc32c !== undefined && expected.crc32c !== crc)
    throw invalid(`Provided CRC32C "${expected.crc32c}" doesn't match calculated "${crc}".`);
  return { md5Hash, crc32c: crc };
};
