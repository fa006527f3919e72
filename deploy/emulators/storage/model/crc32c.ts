import { byteAt } from '../../../../shared/typed-arrays.js';

// Castagnoli's polynomial, bits reversed (RFC 3720, appendix B.4).
const POLYNOMIAL = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1)
    remainder = remainder & 1 ? POLYNOMIAL ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

/** CRC-32C in the service's format: four bytes, big-endian, in base64. */
export const crc32c = (bytes: Uint8Array): string => {
  let remainder = -1;
  for (let at = 0; at < bytes.length; at += 1)
    remainder = (table[(remainder ^ byteAt(bytes, at)) & 0xff] as number) ^ (remainder >>> 8);
  const encoded = Buffer.alloc(4);
  encoded.writeInt32BE(~remainder);
  return encoded.toString('base64');
};
