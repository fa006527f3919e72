import * as t from 'io-ts';
import { AsOfDate, Mode, Sha256, Version } from '../codec/primitives.js';

/** What every message of a run repeats, so that each can be read alone. */
export const runFields = {
  mode: Mode,
  as_of_date: AsOfDate,
  version: Version,
  /** Stop before anything is promoted; everything is kept under `scratch/`. */
  dry_run: t.boolean,
  /** Waives the age rule, and only that. */
  allow_stale: t.boolean,
};

/** A large thing that travels by reference: where it is and what it must hash to. */
export const ObjectReference = t.strict({ uri: t.string, sha256: Sha256 }, 'ObjectReference');
export type ObjectReference = t.TypeOf<typeof ObjectReference>;

export const Intent = t.keyof(
  { publish: null, rollback: null, restate: null },
  'publish, rollback or restate',
);
export type Intent = t.TypeOf<typeof Intent>;
