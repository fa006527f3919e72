import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js';
import type { Failure } from '../shared/codec/failure.js';
import type { PipelineConfig } from '../shared/config.js';
import type { MarketDataSource } from '../shared/market-data/market-data-source.js';
import type { AnyEnvelope } from '../shared/messages/envelope.js';
import type { Clock } from '../shared/ports/clock.js';
import type { DocumentStore } from '../shared/ports/document-store.js';
import type { Log } from '../shared/ports/log.js';
import type { ObjectStore } from '../shared/ports/object-store.js';
import type { Attributes, Publisher } from '../shared/ports/publisher.js';
import type { Ranker } from '../shared/ranking/ranker.js';
import type { ReportRenderer } from '../shared/report/report-renderer.js';
import type { ShadowTrack } from '../shared/research/tracks/shadow-tracks.js';
import type { WindowScorer } from '../shared/research/walk-forward/window-scorer.js';

/** Every dependency of a function. A composition root creates it. */
export interface Environment {
  readonly config: PipelineConfig;
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly source: MarketDataSource;
  readonly ranker: Ranker;
  readonly scorer: WindowScorer;
  /** The tracks of the shadow history; absent: the two standard tracks. */
  readonly shadowTracks?: readonly ShadowTrack[];
  readonly reporter: ReportRenderer;
  readonly log: Log;
}

/** A decoded message with its transport metadata. */
export interface Received<M> {
  readonly message: M;
  readonly attributes: Attributes;
  readonly publishedAt: Date;
}

/** The result of a successful step. `superseded` and `dry_run` have no outgoing message. */
export interface StepResult {
  readonly outcome: 'done' | 'already_done' | 'superseded' | 'dry_run';
  readonly run_id: string;
  readonly version: string;
  readonly promotion_seq?: number;
  /** Age of the release that readers use, in days. */
  readonly release_age_days?: number;
  readonly days_left?: number;
  /** The promotion sequence in the summary document. */
  readonly shown_seq?: number;
  /** Trace of the run that the step acted on, if the message itself names no run. */
  readonly traceparent?: string;
  /** The reason for an outcome that needs one. */
  readonly reason?: string;
  /** Findings of the data-quality gate, counted by rule. */
  readonly data_quality?: Readonly<Record<string, number>>;
  /** What reconcile found drifted and has repaired. */
  readonly changed?: readonly string[];
  readonly outgoing?: AnyEnvelope;
}

export type Step<M> = (received: Received<M>) => ReaderTaskEither<Environment, Failure, StepResult>;
