/** Converts a kernel's number for serialisation, where missing is null. */
export const nanToNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
