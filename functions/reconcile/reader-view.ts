import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import { AsOfDate } from '../../shared/codec/primitives.js';
import { summaryPath } from '../../shared/document-paths.js';
import type { PromotionState } from '../../shared/promotion/state.js';
import { summarySequence } from '../../shared/releases/published-sequence.js';
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
    TE.map((document) => {
      const { as_of_date } = document;
      const shown = summarySequence(document);
      const asOfDate = [as_of_date, head?.version.slice(0, 10)].find(AsOfDate.is);
      return {
        ...(head === null ? {} : { promotion_seq: head.seq }),
        ...(shown === 0 ? {} : { shown_seq: shown }),
        ...(asOfDate === undefined ? {} : releaseAge(environment, asOfDate)),
      };
    }),
  );
};
