/** The number for the world outside the kernels, where missing is null. */
export const nanToNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
