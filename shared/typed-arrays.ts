/**
 * Reads of typed arrays at an index that lies within the array, as the caller's loop or table
 * guarantees. The compiler cannot know that and would type every read as possibly undefined, so
 * these functions are the one place that asserts it. They check nothing.
 *
 * Each kind of array has its own function. V8 optimises a function for the kinds of array that it
 * has received, so one function for all kinds would be slow in the inner loops of the kernels. The
 * three innermost ones (accumulate, histogram and split of the boosting) read without these
 * functions, because the calls lengthen the training of the trees by about a fifth.
 */
export const floatAt = (values: Float64Array, index: number): number => values[index] as number;
export const intAt = (values: Int32Array, index: number): number => values[index] as number;
export const byteAt = (values: Uint8Array, index: number): number => values[index] as number;
