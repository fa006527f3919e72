export type { SymbolMap } from './acceptance/pool.js';
export { READER_DEFAULTS, type ReaderSettings } from './acceptance/reader-settings.js';
export { describeRefusal, type Refusal, type Rule } from './acceptance/rejection.js';
export { type Readings, type Resolution, resolve } from './acceptance/resolve.js';
export type { Candidate, Check, Given, Judged } from './acceptance/validate-candidate.js';
export { judge, refusalsOf } from './acceptance/validate-candidate.js';
export { type FirestoreLike, firestoreDocument } from './firestore-document.js';
export { type LoadedPool, type LoadOptions, loadLivePool } from './load-live-pool.js';
export {
  type DeadLetter,
  onLivePoolPublished,
  type PulledMessage,
  type PullSubscription,
  type Settled,
  type SubscribeOptions,
} from './on-live-pool-published.js';
export type { Publication } from './publication.js';
export { fileSequence, memorySequence, type SequenceStore } from './sequence-store.js';
export { type TextStore, textFile } from './text-store.js';
