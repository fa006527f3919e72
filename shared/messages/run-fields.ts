import * as t from 'io-ts';
import { AsOfDate, Mode, Sha256, Version } from '../codec/primitives.js';

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

/** A reference to an object: its URI and its expected SHA-256. */
export const ObjectReference = t.strict({ uri: t.string, sha256: Sha256 }, 'ObjectReference');
export type ObjectReference = t.TypeOf<typeof ObjectReference>;

export const Intent = t.keyof(
  { publish: null, rollback: null, restate: null },
  'publish, rollback or restate',
);
export type Intent = t.TypeOf<typeof Intent>;
