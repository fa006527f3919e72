import { UnknownRecord } from 'io-ts';
import { type EpochDay, parseIsoDay } from '../../day.js';
import { epochDay } from '../../units.js';

/** A document or file as it was parsed; nothing in it is proven. */
export type Payload = Readonly<Record<string, unknown>>;

/** The field, if it is the payload's own. */
export const fieldOf = (payload: unknown, name: string): unknown =>
  UnknownRecord.is(payload) && Object.hasOwn(payload, name) ? payload[name] : undefined;

export const textIn = (payload: unknown, name: string): string | undefined => {
  const value = fieldOf(payload, name);
  return typeof value === 'string' ? value : undefined;
};

/** `as_of_date` without the time of day that may follow it. */
export const asOfDateIn = (payload: Payload): string =>
  (textIn(payload, 'as_of_date') ?? '').slice(0, 10);

/** The day that `as_of_date` names, else NaN. No calendar in use has a year 0. */
export const dayIn = (payload: Payload): EpochDay => {
  const text = asOfDateIn(payload);
  return text.startsWith('0000') ? epochDay(Number.NaN) : parseIsoDay(text);
};

/**
 * The promotion sequence of a summary document or a message; null if it has none. The pipeline
 * reads it with this function too, so that both agree on what a sequence is.
 */
export const sequenceIn = (payload: unknown): number | null => {
  const seq = fieldOf(payload, 'promotion_seq');
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 1 ? seq : null;
};
