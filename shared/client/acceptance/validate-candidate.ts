import { UnknownRecord } from 'io-ts';
import { type EpochDay, isoDay } from '../../day.js';
import { epochDay } from '../../units.js';
import { exactBytesViolation } from './exact-bytes.js';
import { identityViolation } from './identity.js';
import { parseJsonText } from './parse-json.js';
import { asOfDateIn, dayIn, fieldOf, type Payload } from './payload.js';
import {
  baseAssetViolation,
  expectedSizeViolation,
  orderViolation,
  parsePool,
  poolSizeViolation,
  symbolViolation,
  type UnverifiedPool,
} from './pool.js';
import type { ReaderSettings } from './reader-settings.js';
import { type AcceptanceRule, type Rejection, type Violation, violation } from './rejection.js';

/** What was read: a value, text that is to be one, or why there is nothing. */
export type CandidateContent =
  | { readonly payload: unknown }
  | { readonly text: string }
  | { readonly trouble: string };

export interface Candidate {
  readonly source: 'fresh_upstream' | 'last_known_good' | 'local_file';
  /** How refusals call it. */
  readonly name: string;
  readonly given: CandidateContent;
}

/** One rule, and how it was broken if it was. */
export interface Check {
  readonly rule: AcceptanceRule;
  readonly broken: Violation | undefined;
}

export interface ValidationResult {
  readonly checks: readonly Check[];
  /** What was read, if it is an object at all. */
  readonly payload: Payload | undefined;
  readonly pool: UnverifiedPool | undefined;
}

const isDocument = ({ source }: Candidate): boolean => source !== 'local_file';

const dateChecks = (
  candidate: Candidate,
  payload: Payload,
  { maxAgeDays }: ReaderSettings,
  today: EpochDay,
): readonly Check[] => {
  const day = dayIn(payload);
  if (Number.isNaN(day)) {
    const expected = 'a date as YYYY-MM-DD in the first 10 characters';
    return [{ rule: 'as_of_date', broken: violation(expected, fieldOf(payload, 'as_of_date')) }];
  }
  const age = today - day;
  const future =
    age < 0 ? violation(`a day not after ${isoDay(today)}`, asOfDateIn(payload)) : undefined;
  // The last known good document is what is left when there is no fresh one: it may be old.
  const aged = maxAgeDays !== null && candidate.source !== 'last_known_good';
  return [
    { rule: 'as_of_date', broken: undefined },
    { rule: 'future', broken: future },
    ...(aged
      ? [
          {
            rule: 'age' as const,
            broken: age > maxAgeDays ? violation(`at most ${maxAgeDays} days`, age) : undefined,
          },
        ]
      : []),
  ];
};

const modeBroken = (payload: Payload, accepted: readonly string[]): Violation | undefined => {
  const mode = fieldOf(payload, 'mode');
  return typeof mode === 'string' && accepted.includes(mode)
    ? undefined
    : violation(`one of ${accepted.join(', ')}`, mode);
};

const poolChecks = (
  payload: Payload,
  pool: UnverifiedPool | undefined,
  { expectedPoolSize }: ReaderSettings,
): readonly Check[] => {
  if (pool === undefined) {
    const map = fieldOf(payload, 'symbol_map') ?? fieldOf(payload, 'symbols');
    return [{ rule: 'symbol_map', broken: violation('a map from symbols to base assets', map) }];
  }
  return [
    { rule: 'symbol_map', broken: undefined },
    { rule: 'symbol', broken: symbolViolation(pool) },
    { rule: 'base_asset', broken: baseAssetViolation(pool) },
    { rule: 'order', broken: orderViolation(pool, payload) },
    { rule: 'pool_size', broken: poolSizeViolation(pool, payload) },
    { rule: 'expected_pool_size', broken: expectedSizeViolation(pool, expectedPoolSize) },
  ];
};

const documentChecks = (payload: Payload, settings: ReaderSettings): readonly Check[] => [
  ...(settings.strict
    ? [{ rule: 'identity' as const, broken: identityViolation(payload, settings) }]
    : []),
  { rule: 'exact_bytes', broken: exactBytesViolation(payload, { required: settings.strict }) },
];

/**
 * Holds every rule that applies to a candidate against it. Pure: the day is an input, as days since
 * 1970-01-01 UTC. It is a plain number, because readers have no constructor of `EpochDay`.
 */
export const validateCandidate = (
  candidate: Candidate,
  settings: ReaderSettings,
  today: number,
): ValidationResult => {
  const { given } = candidate;
  const nothing = (rule: AcceptanceRule, expected: string, got: string): ValidationResult => ({
    checks: [{ rule, broken: violation(expected, got) }],
    payload: undefined,
    pool: undefined,
  });
  if ('trouble' in given)
    return nothing('available', isDocument(candidate) ? 'a document' : 'a file', given.trouble);
  const payload = 'text' in given ? parseJsonText(given.text) : given.payload;
  if (payload === undefined && 'text' in given)
    return nothing('payload', 'a JSON object', 'text that is not JSON');
  if (!UnknownRecord.is(payload))
    return {
      checks: [{ rule: 'payload', broken: violation('a JSON object', payload) }],
      payload: undefined,
      pool: undefined,
    };
  const pool = parsePool(payload, isDocument(candidate) ? 'sorted' : 'as-written');
  return {
    checks: [
      ...dateChecks(candidate, payload, settings, epochDay(today)),
      { rule: 'mode', broken: modeBroken(payload, settings.acceptedModes) },
      ...poolChecks(payload, pool, settings),
      ...(isDocument(candidate) ? documentChecks(payload, settings) : []),
    ],
    payload,
    pool,
  };
};

/** The broken rules of a judgement, as refusals of the candidate. */
export const rejectionsOf = (
  { name }: Candidate,
  { checks }: ValidationResult,
): readonly Rejection[] =>
  checks.flatMap(({ rule, broken: found }) =>
    found === undefined ? [] : [{ candidate: name, rule, ...found }],
  );
