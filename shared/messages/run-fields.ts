import * as t from 'io-ts';
import {
  AsOfDate,
  MethodologyVersion,
  Mode,
  Sha256,
  SymbolUsdt,
  Text,
  Version,
} from '../codec/primitives.js';

/** The fields that every message of a run repeats, so that each message is self-contained. */
export const runFields = {
  mode: Mode,
  as_of_date: AsOfDate,
  version: Version,
  /** Stop before promotion; all output goes to `scratch/`. */
  dry_run: t.boolean,
  /** Disables the age rule, and no other rule. */
  allow_stale: t.boolean,
};

const Symbols = t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt');

/**
 * The fields of a run that older messages lack; an absent key stays absent, so that ids and hashes
 * made without it stay the same.
 */
export const optionalRunFields = {
  /** The methodology that ranks; absent in messages of before it was declared, which means 1.0. */
  methodology: MethodologyVersion,
  /** Symbols that the operator excludes from this release. */
  exclude: Symbols,
  /** Symbols that the operator admits although a list or detector of the method excludes them. */
  include: Symbols,
  /** The operator's reason for `exclude`, `include` or `clock_confirmed`. */
  reason: Text,
  /** The operator confirms the clock although it is far from the last promotion. */
  clock_confirmed: t.boolean,
};

/** The optional fields that a payload has, for the next message of the run. */
export const optionalRunFieldsOf = (
  payload: Partial<OptionalRunFields>,
): Partial<OptionalRunFields> => {
  const { methodology, exclude, include, reason, clock_confirmed } = payload;
  return {
    ...(methodology === undefined ? {} : { methodology }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(include === undefined ? {} : { include }),
    ...(reason === undefined ? {} : { reason }),
    ...(clock_confirmed === undefined ? {} : { clock_confirmed }),
  };
};
const OptionalRunFields = t.strict(optionalRunFields);
export type OptionalRunFields = t.TypeOf<typeof OptionalRunFields>;

/** A reference to an object: its URI and its expected SHA-256. */
export const ObjectReference = t.strict({ uri: t.string, sha256: Sha256 }, 'ObjectReference');
export type ObjectReference = t.TypeOf<typeof ObjectReference>;

export const Intent = t.keyof(
  { publish: null, rollback: null, restate: null },
  'publish, rollback or restate',
);
export type Intent = t.TypeOf<typeof Intent>;
