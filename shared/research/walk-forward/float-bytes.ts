import { floatAt } from '../../typed-arrays.js';

const SIZE = Float64Array.BYTES_PER_ELEMENT;
// The canonical NaN: which NaN bit pattern arithmetic produces depends on the machine.
const NAN_HIGH_WORD = 0x7ff80000;

/** Little-endian float64; equal numbers are equal bytes, every NaN included. */
export const bytesOfFloats = (values: Float64Array): Uint8Array => {
  const view = new DataView(new ArrayBuffer(values.length * SIZE));
  for (let i = 0; i < values.length; i += 1) {
    const value = floatAt(values, i);
    if (Number.isNaN(value)) view.setUint32(i * SIZE + SIZE / 2, NAN_HIGH_WORD, true);
    else view.setFloat64(i * SIZE, value, true);
  }
  return new Uint8Array(view.buffer);
};

/**
 * The numbers in little-endian float64, of any alignment; a remainder of less than eight bytes is
 * ignored.
 */
export const floatsOfBytes = (bytes: Uint8Array): Float64Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: Math.floor(bytes.length / SIZE) }, (_, i) =>
    view.getFloat64(i * SIZE, true),
  );
};
