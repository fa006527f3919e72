import type { PositiveInteger } from './codec/primitives.js';
import type { RunId } from './messages/envelope.js';
import type { DocumentPath } from './ports/document-store.js';

/** The summary document that readers follow; the configuration names it. */
export const summaryPath = (config: {
  readonly firestoreCollection: string;
  readonly firestoreDocument: string;
}): DocumentPath => ({
  collection: config.firestoreCollection,
  document: config.firestoreDocument,
});

/** Where the pipeline keeps the entries of its promotion ledger. */
export const LEDGER_COLLECTION = 'live_pool_ledger';

export const runPath = (runId: RunId): DocumentPath => ({
  collection: 'live_pool_runs',
  document: runId,
});

/** The snapshot record of a run on a live source. */
export const runSnapshotPath = (runId: RunId): DocumentPath => ({
  collection: 'live_pool_snapshots',
  document: runId,
});

/** Holds the PromotionState. */
export const promotionPath: DocumentPath = {
  collection: 'live_pool_control',
  document: 'promotion',
};

/** Zero-padded, so that names sort in the order of sequences. */
export const ledgerDocument = (seq: PositiveInteger): string => String(seq).padStart(8, '0');

export const ledgerPath = (seq: PositiveInteger): DocumentPath => ({
  collection: LEDGER_COLLECTION,
  document: ledgerDocument(seq),
});
