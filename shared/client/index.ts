export type { SymbolMap } from './acceptance/pool.js';
export { READER_DEFAULTS, type ReaderSettings } from './acceptance/reader-settings.js';
// Former names, kept for one release.
export {
  type AcceptanceRule,
  /** @deprecated Use {@link AcceptanceRule}. */
  type AcceptanceRule as Rule,
  describeRejection,
  /** @deprecated Use {@link describeRejection}. */
  describeRejection as describeRefusal,
  type Rejection,
  /** @deprecated Use {@link Rejection}. */
  type Rejection as Refusal,
} from './acceptance/rejection.js';
export {
  type ReadResults,
  /** @deprecated Use {@link ReadResults}. */
  type ReadResults as Readings,
  type Resolution,
  resolve,
} from './acceptance/resolve.js';
export type {
  Candidate,
  CandidateContent,
  Check,
  ValidationResult,
} from './acceptance/validate-candidate.js';
export {
  /** @deprecated Use {@link CandidateContent}. */
  type CandidateContent as Given,
  rejectionsOf,
  /** @deprecated Use {@link rejectionsOf}. */
  rejectionsOf as refusalsOf,
  /** @deprecated Use {@link ValidationResult}. */
  type ValidationResult as Judged,
  validateCandidate,
  /** @deprecated Use {@link validateCandidate}. */
  validateCandidate as judge,
} from './acceptance/validate-candidate.js';
export {
  type FirestoreLike,
  readFirestoreDocument,
  /** @deprecated Use {@link readFirestoreDocument}. */
  readFirestoreDocument as firestoreDocument,
} from './firestore-document.js';
export { type LoadedPool, type LoadOptions, loadLivePool } from './load-live-pool.js';
export {
  type DeadLetter,
  type DeliveryResult,
  /** @deprecated Use {@link DeliveryResult}. */
  type DeliveryResult as Settled,
  onLivePoolPublished,
  type PulledMessage,
  type PullSubscription,
  type SubscribeOptions,
} from './on-live-pool-published.js';
export type { Publication } from './publication.js';
export { fileSequence, memorySequence, type SequenceStore } from './sequence-store.js';
export { type TextStore, textFile } from './text-store.js';
