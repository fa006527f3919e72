import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { timestampOf } from '../../shared/contract/primitives.js';
import { ledgerPath, promotionPath } from '../../shared/documents.js';
import type { Failure } from '../../shared/failure.js';
import type { Command } from '../../shared/messages/attributes.js';
import type { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import {
  type ControlMessage,
  type Decision,
  decide,
  evolve,
} from '../../shared/promotion/decide.js';
import { LedgerEntry, sealEntry } from '../../shared/promotion/ledger.js';
import { PromotionState } from '../../shared/promotion/state.js';
import { readEntry, readPromotionState } from '../../shared/promotion/store.js';
import type { Environment } from '../environment.js';

/** The head of the ledger, which this message has made or found. */
export interface Recorded {
  readonly outcome: 'done' | 'already_done';
  readonly entry: LedgerEntry;
}

/**
 * One transaction: reads the state, decides, and where the decision is to apply, writes the new
 * state and the ledger entry together.
 */
export const recordPromotion = (
  { documents, clock, config }: Environment,
  message: ReleaseMaterialised,
  control: ControlMessage,
  { reason }: Command,
): TE.TaskEither<Failure, Recorded | Extract<Decision, { kind: 'superseded' | 'refused' }>> => {
  const promotedAt = timestampOf(clock());
  return documents.transact((transaction) =>
    pipe(
      readPromotionState(transaction),
      TE.chain((state): ReturnType<typeof recordPromotion> => {
        const decision = decide(state, control);
        switch (decision.kind) {
          case 'superseded':
          case 'refused':
            return TE.right(decision);
          case 'already_done':
            return pipe(
              readEntry(transaction, decision.seq),
              TE.map((entry) => ({ outcome: 'already_done', entry })),
            );
          case 'apply': {
            const entry = sealEntry({
              seq: decision.seq,
              version: control.version,
              as_of_date: control.asOfDate,
              intent: control.intent,
              from_version: decision.fromVersion,
              reason: reason ?? null,
              actor: config.actor,
              event_id: control.eventId,
              manifest_sha256: message.payload.manifest.sha256,
              allow_stale: message.payload.allow_stale,
              promoted_at: promotedAt,
              prev_hash: state.head?.hash ?? null,
            });
            const next = evolve(state, control, decision.seq, entry.hash);
            transaction.set(ledgerPath(decision.seq), LedgerEntry.encode(entry));
            transaction.set(promotionPath, PromotionState.encode(next));
            return TE.right({ outcome: 'done', entry });
          }
        }
      }),
    ),
  );
};
