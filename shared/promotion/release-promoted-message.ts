import { makeMessage } from '../messages/envelope.js';
import type { ReleaseMaterialised } from '../messages/release-materialised.js';
import type { ReleasePromoted } from '../messages/release-promoted.js';
import type { LedgerEntry } from './ledger.js';

/** The message about a promotion. It is the same for every sender and at every time. */
export const releasePromotedMessage = (
  cause: ReleaseMaterialised,
  { seq, version, as_of_date, intent, from_version }: LedgerEntry,
): ReleasePromoted =>
  makeMessage('release-promoted', cause, {
    mode: cause.payload.mode,
    as_of_date,
    version,
    promotion_seq: seq,
    intent,
    from_version,
    manifest: cause.payload.manifest,
    ...(cause.payload.report === undefined ? {} : { report: cause.payload.report }),
  });
