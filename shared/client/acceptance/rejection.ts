import { UnknownRecord } from 'io-ts';

/** What a reader holds against what it reads, one name per rule. */
export type AcceptanceRule =
  /** There is something to read at all. */
  | 'available'
  /** It is a JSON object. */
  | 'payload'
  /** The first 10 characters of `as_of_date` are a date … */
  | 'as_of_date'
  /** … not after today (UTC) … */
  | 'future'
  /** … and not older than the reader's limit. */
  | 'age'
  | 'mode'
  /** There is a map from symbols to base assets, or something to make one of. */
  | 'symbol_map'
  /** Its keys are upper case and end in USDT. */
  | 'symbol'
  | 'base_asset'
  /** The list names every symbol of the map, each once. */
  | 'order'
  /** The declared size is the number of symbols … */
  | 'pool_size'
  /** … and that number the one which the reader expects. */
  | 'expected_pool_size'
  /** `runtime_evidence_identity` is there and names this document; strict readers only. */
  | 'identity'
  /**
   * `live_pool_legacy_exact_bytes` are the bytes that were sealed, and say what the document says.
   */
  | 'exact_bytes';

/** What came, short enough for a log: a scalar itself, of anything else its kind. */
export type LoggableValue = string | number | boolean | null;

/** What a rule demanded and what it met instead. */
export interface Violation {
  readonly expected: string;
  readonly got: LoggableValue;
}

/** Why a candidate was passed over. */
export interface Rejection extends Violation {
  /** `firestore`, `last_known_good`, or the name of a local file. */
  readonly candidate: string;
  readonly rule: AcceptanceRule;
}

const MAXIMUM_SHOWN = 80;

const loggableValue = (value: unknown): LoggableValue => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') {
    const characters = Array.from(value);
    return characters.length > MAXIMUM_SHOWN
      ? `${characters.slice(0, MAXIMUM_SHOWN).join('')}…`
      : value;
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return UnknownRecord.is(value) ? 'an object' : 'something else';
};

export const violation = (expected: string, got: unknown): Violation => ({
  expected,
  got: loggableValue(got),
});

/** The refusal as a sentence. */
export const describeRejection = ({ candidate, rule, expected, got }: Rejection): string =>
  `${candidate}: ${rule}: expected ${expected}, got ${got === null ? 'nothing' : String(got)}`;
