import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { sequenceIn } from '../client/acceptance/payload.js';
import type { Failure } from '../codec/failure.js';
import { summaryPath } from '../document-paths.js';
import type { DocumentData } from '../ports/document-store.js';
import type { ObjectInfo } from '../ports/object-store.js';
import type { PromotionState } from '../promotion/state.js';
import { sequenceOf } from './current.js';
import type { DriftInputs } from './drift.js';

/** Promotion sequence of a summary document; 0 for a document from before this system. */
export const summarySequence = (document: DocumentData | undefined): number =>
  sequenceIn(document) ?? 0;

/** The highest sequence in the summary document or in `current/`; 0 if neither has one. */
export const highestSequence = (
  document: DocumentData | undefined,
  current: readonly ObjectInfo[],
): number =>
  Math.max(summarySequence(document), ...current.map((object) => sequenceOf(O.some(object))));

/**
 * Reads the highest published sequence. Read it before the ledger: the ledger is written first, so
 * a higher number here means that promotion state was lost.
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

/** Describes a promotion state that is behind what readers see; undefined if it is not behind. */
export const lostStateReason = (
  head: PromotionState['head'],
  readers: number,
): string | undefined => {
  if (readers <= (head?.seq ?? 0)) return undefined;
  return head === null
    ? `the promotion state is lost (readers have promotion ${readers})`
    : `readers are ahead of the ledger (${readers} > ${head.seq})`;
};
