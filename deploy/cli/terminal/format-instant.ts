/** An instant in UTC to the minute, e.g. 2026-03-14 00:30. */
export const formatInstant = (instant: string): string => instant.slice(0, 16).replace('T', ' ');
