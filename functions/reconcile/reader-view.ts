import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import { AsOfDate, PositiveInteger } from '../../shared/codec/primitives.js';
import { summaryPath } from '../../shared/document-paths.js';
import type { PromotionState } from '../../shared/promotion/state.js';
import type { Environment, StepResult } from '../environment.js';
import { releaseAge } from '../release-age.js';

export type ReaderView = Pick<
  StepResult,
  'promotion_seq' | 'shown_seq' | 'release_age_days' | 'days_left'
>;

/**
 * The head of the ledger, and the age of the release that readers use. The age is that of the
 * summary document, which may have missed an update, or of the head if the document has no date.
 */
export const readerView = (
  environment: Environment,
  head: PromotionState['head'],
): TE.TaskEither<Failure, ReaderView> => {
  const { documents, config } = environment;
  return pipe(
    documents.get(summaryPath(config)),
    TE.map(O.getOrElse((): Readonly<Record<string, unknown>> => ({}))),
    TE.map(({ as_of_date, promotion_seq }) => {
      const asOfDate = [as_of_date, head?.version.slice(0, 10)].find(AsOfDate.is);
      return {
        ...(head === null ? {} : { promotion_seq: head.seq }),
        ...(PositiveInteger.is(promotion_seq) ? { shown_seq: promotion_seq } : {}),
        ...(asOfDate === undefined ? {} : releaseAge(environment, asOfDate)),
      };
    }),
  );
};
