import fc from 'fast-check';

/** Values like prices, returns and volumes, with repeats and missing ones among them. */
export const arbitraryColumn: fc.Arbitrary<Float64Array> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
      { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    ),
    { maxLength: 80 },
  )
  // Squares of what is closer to 0 leave the range in which doubles have all their digits.
  .map((values) => Float64Array.from(values, (value) => (Math.abs(value) < 1e-9 ? 0 : value)));

/** The values of the trailing window that ends at `index`, missing ones left out. */
export const windowAt = (values: Float64Array, index: number, window: number): readonly number[] =>
  [...values.subarray(Math.max(0, index - window + 1), index + 1)].filter(
    (value) => !Number.isNaN(value),
  );
