import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import { AsOfDate, PositiveInteger, Sha256, Version } from '../codec/primitives.js';
import { Intent, ObjectReference } from '../messages/run-fields.js';

/**
 * `waived` if `allow_stale` disables the rule, whether or not the release needs it; `warning` if
 * the deployment does not know the commit that identifies its documents.
 */
export const AcceptanceResult = t.keyof(
  { accepted: null, refused: null, waived: null, warning: null },
  'accepted, refused, waived or warning',
);
export type AcceptanceResult = t.TypeOf<typeof AcceptanceResult>;

/** `evidence/<version>/acceptance/<SHA-256>.json`: what the readers' rules say about a release. */
export const Acceptance = exactObject('Acceptance', {
  version: Version,
  as_of_date: AsOfDate,
  /** The message that asked for the promotion. */
  event_id: Sha256,
  intent: Intent,
  expected_seq: t.union([PositiveInteger, t.null], 'PositiveInteger or null'),
  allow_stale: t.boolean,
  manifest: ObjectReference,
  /** The settings of the strictest reader of this deployment. */
  reader: exactObject('Reader', {
    max_age_days: t.union([t.number, t.null], 'number or null'),
    accepted_modes: t.readonlyArray(t.string, 'array of string'),
    expected_pool_size: t.number,
    strategy_profile: t.string,
  }),
  /** Each source that readers use, with the result of each rule. */
  candidates: t.readonlyArray(
    exactObject('Candidate', {
      candidate: t.string,
      rules: t.record(t.string, AcceptanceResult),
    }),
    'array of Candidate',
  ),
});
export type Acceptance = t.TypeOf<typeof Acceptance>;
