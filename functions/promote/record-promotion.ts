import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent, transient } from '../../shared/codec/failure.js';
import { type PositiveInteger, timestampOf } from '../../shared/codec/primitives.js';
import { ledgerPath, promotionPath } from '../../shared/document-paths.js';
import { decide, evolve, type IneffectiveDecision } from '../../shared/promotion/decide.js';
import { LedgerEntry, sealEntry } from '../../shared/promotion/ledger.js';
import { readEntry, readPromotionState } from '../../shared/promotion/read-ledger.js';
import { PromotionState } from '../../shared/promotion/state.js';
import type { Environment } from '../environment.js';
import type { PromotionRequest } from './promotion-request.js';

/** The head of the ledger, which this message created or found. */
export interface Recorded {
  readonly outcome: 'done' | 'already_done';
  readonly entry: LedgerEntry;
}

/**
 * The state was lost or restored from an earlier backup, so continuing would overwrite history. If
 * the state has advanced in the meantime, another promotion was running and a retry will succeed.
 */
const rejectStaleState = (
  { documents }: Environment,
  seq: PositiveInteger,
): TE.TaskEither<Failure, never> =>
  pipe(
    readPromotionState(documents),
    TE.chain(({ head }) =>
      TE.left(
        (head?.seq ?? 0) >= seq
          ? transient('unavailable', `another promotion ${seq} was recorded concurrently`)
          : permanent(
              'conflict',
              `The promotion state ends at ${seq - 1}, but the ledger has an entry ${seq}: the state was lost. Restore it first; see deploy/gcp/RUNBOOK.md, "Firestore is lost".`,
            ),
      ),
    ),
  );

type Outcome = Recorded | IneffectiveDecision;
/** Nothing was recorded: the ledger has an entry of this sequence already. */
interface StaleState {
  readonly occupiedSeq: PositiveInteger;
}

/**
 * Reads the state, decides, and, if the promotion applies, writes the new state and the ledger
 * entry, all in one transaction.
 */
export const recordPromotion = (
  environment: Environment,
  { message, control, command }: PromotionRequest,
): TE.TaskEither<Failure, Outcome> => {
  const { documents, clock, config } = environment;
  const promotedAt = timestampOf(clock());
  return pipe(
    documents.transact((transaction) =>
      pipe(
        readPromotionState(transaction),
        TE.chain((state): TE.TaskEither<Failure, Outcome | StaleState> => {
          const decision = decide(state, command);
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
              const { seq } = decision;
              const entry = sealEntry({
                seq,
                version: command.version,
                as_of_date: command.asOfDate,
                intent: command.intent,
                from_version: decision.fromVersion,
                reason: control.reason ?? null,
                actor: config.actor,
                event_id: command.eventId,
                manifest_sha256: message.payload.manifest.sha256,
                allow_stale: message.payload.allow_stale,
                promoted_at: promotedAt,
                prev_hash: state.head?.hash ?? null,
              });
              const next = evolve(state, command, seq, entry.hash);
              return pipe(
                transaction.get(ledgerPath(seq)),
                TE.map((existing): Outcome | StaleState => {
                  if (O.isSome(existing)) return { occupiedSeq: seq };
                  transaction.set(ledgerPath(seq), LedgerEntry.encode(entry));
                  transaction.set(promotionPath, PromotionState.encode(next));
                  return { outcome: 'done', entry };
                }),
              );
            }
          }
        }),
      ),
    ),
    TE.chain((outcome) =>
      'occupiedSeq' in outcome
        ? rejectStaleState(environment, outcome.occupiedSeq)
        : TE.right(outcome),
    ),
  );
};
