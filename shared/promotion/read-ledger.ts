import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { decode } from '../codec/decode.js';
import { type Failure, permanent } from '../codec/failure.js';
import type { PositiveInteger } from '../codec/primitives.js';
import { LEDGER_COLLECTION, ledgerPath, promotionPath } from '../document-paths.js';
import type { DocumentData, DocumentStore } from '../ports/document-store.js';
import { LedgerEntry } from './ledger.js';
import { initialState, PromotionState } from './state.js';

const stateOf = O.match(
  (): E.Either<Failure, PromotionState> => E.right(initialState),
  (data: DocumentData) => decode(PromotionState, 'promotion state')(data),
);

/** The promotion state, read alone or in a transaction; empty before the first promotion. */
export const readPromotionState = (
  documents: Pick<DocumentStore, 'get'>,
): TE.TaskEither<Failure, PromotionState> =>
  pipe(documents.get(promotionPath), TE.chainEitherK(stateOf));

/** The ledger entry of a recorded promotion, read alone or in a transaction. */
export const readEntry = (
  documents: Pick<DocumentStore, 'get'>,
  seq: PositiveInteger,
): TE.TaskEither<Failure, LedgerEntry> =>
  pipe(
    documents.get(ledgerPath(seq)),
    TE.chainEitherK(
      E.fromOption(() =>
        permanent('contract-invalid', `ledger entry ${seq} is missing although it was promoted`),
      ),
    ),
    TE.chainEitherK(decode(LedgerEntry, `ledger entry ${seq}`)),
  );

/** All ledger entries, oldest first. */
export const readLedger = (
  documents: DocumentStore,
): TE.TaskEither<Failure, readonly LedgerEntry[]> =>
  pipe(
    documents.list(LEDGER_COLLECTION),
    TE.chainEitherK((found) =>
      E.traverseArray(({ document, data }: (typeof found)[number]) =>
        decode(LedgerEntry, `ledger entry ${document}`)(data),
      )(found),
    ),
  );
