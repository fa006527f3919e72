import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import { PositiveInteger } from '../codec/primitives.js';
import { summaryPath } from '../document-paths.js';
import type { DocumentData } from '../ports/document-store.js';
import type { ObjectInfo } from '../ports/object-store.js';
import type { PromotionState } from '../promotion/state.js';
import { sequenceOf } from './current.js';
import type { DriftInputs } from './drift.js';

/** The promotion that a summary document shows; 0 for one from before this system. */
export const summarySequence = (document: DocumentData | undefined): number =>
  PositiveInteger.is(document?.promotion_seq) ? document.promotion_seq : 0;

/** The highest promotion that readers have of either; 0 where nothing names one. */
export const highestSequence = (
  document: DocumentData | undefined,
  current: readonly ObjectInfo[],
): number => Math.max(summarySequence(document), ...current.map((one) => sequenceOf(O.some(one))));

/**
 * The same of the summary document and `current/` as they are. To be read before the ledger: the ledger leads, so that whoever reads it afterwards finds
 * nobody ahead of it unless something of it is lost.
 */
export const publishedSequence = ({
  objects,
  documents,
  config,
}: DriftInputs): TE.TaskEither<Failure, number> => {
  return pipe(
    TE.Do,
    TE.bind('document', () => documents.get(summaryPath(config))),
    TE.bind('current', () => objects.list('current/')),
    TE.map(({ document, current }) => highestSequence(O.toUndefined(document), current)),
  );
};

/** How the promotion state is behind what readers have; undefined where it is not. */
export const lostStateReason = (
  head: PromotionState['head'],
  readers: number,
): string | undefined => {
  if (readers <= (head?.seq ?? 0)) return undefined;
  return head === null
    ? `the promotion state is lost (readers have promotion ${readers})`
    : `readers are ahead of the ledger (${readers} > ${head.seq})`;
};
