import assert from 'node:assert/strict';

/**
 * What may differ between two doubles that are the same number: the reference's CSV parser is off
 * by a bit in a few volumes (METHOD §12.17). Everything else comes out bit-equal.
 */
const LAST_BITS = 1e-12;

/**
 * Whether the two are equal up to the tolerance, relative to the expected number; missing equals
 * missing.
 */
export const isNear = (actual: number, expected: number, tolerance: number): boolean =>
  Number.isNaN(expected)
    ? Number.isNaN(actual)
    : actual === expected || Math.abs(actual - expected) <= tolerance * Math.abs(expected);

export const assertNear = (
  actual: number | null | undefined,
  expected: number,
  what: string,
  tolerance = LAST_BITS,
): void => {
  const number = actual ?? Number.NaN;
  assert.ok(isNear(number, expected, tolerance), `${what}: expected ${expected}, got ${number}`);
};
