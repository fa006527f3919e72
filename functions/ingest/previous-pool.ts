import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import { type SymbolUsdt, versionOf } from '../../shared/codec/primitives.js';
import type { ResolvedRequest } from '../../shared/messages/monthly-run-requested.js';
import { readLedger, readPromotionState } from '../../shared/promotion/read-ledger.js';
import { readPool } from '../../shared/releases/read-release.js';
import type { Environment } from '../environment.js';

/**
 * The pool of the newest promoted, non-revoked release of the mode with an earlier `as_of_date`,
 * or an empty list. The ranking always includes these symbols among its candidates.
 */
export const previousPool = (
  { documents, objects }: Pick<Environment, 'documents' | 'objects'>,
  { as_of_date, mode }: Pick<ResolvedRequest, 'as_of_date' | 'mode'>,
): TE.TaskEither<Failure, readonly SymbolUsdt[]> =>
  pipe(
    TE.Do,
    TE.bind('state', () => readPromotionState(documents)),
    TE.bind('ledger', () => readLedger(documents)),
    TE.chain(({ state, ledger }) => {
      const [newest] = ledger
        .filter(
          (entry) =>
            entry.as_of_date < as_of_date &&
            entry.version === versionOf(entry.as_of_date, mode) &&
            !state.revoked.includes(entry.version),
        )
        .sort((a, b) => (a.as_of_date > b.as_of_date ? -1 : 1));
      return newest === undefined
        ? TE.right([])
        : pipe(
            readPool(objects, newest.version),
            TE.map(({ symbols }) => symbols),
          );
    }),
  );
