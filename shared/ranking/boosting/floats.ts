/** Both are float32 literals of the reference, widened to double (LIGHTGBM.md, "Notation"). */
export const EPSILON = Math.fround(1e-15);
export const TINY = Math.fround(1e-35);

// Scratch memory, because a view per call would cost more than the rest: no value outlives a call.
const bits = new DataView(new ArrayBuffer(8));

/** The next double above `x`; +Infinity and NaN stay as they are. */
export const nextUp = (x: number): number => {
  if (x === 0) return Number.MIN_VALUE;
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const low = bits.getUint32(4);
  // Doubles of one sign are ordered like their bits, and negative ones in reverse.
  if (x > 0) {
    bits.setUint32(4, low + 1);
    if (low === 0xffffffff) bits.setUint32(0, high + 1);
  } else {
    bits.setUint32(4, low - 1);
    if (low === 0) bits.setUint32(0, high - 1);
  }
  return bits.getFloat64(0);
};
