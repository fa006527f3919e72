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
import type { WindowScorer } from '../shared/research/walk-forward/window-scorer.js';

/** Everything that a function may touch. A composition root makes it. */
export interface Environment {
  readonly config: PipelineConfig;
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly source: MarketDataSource;
  readonly ranker: Ranker;
  readonly scorer: WindowScorer;
  readonly reporter: ReportRenderer;
  readonly log: Log;
}

/** A decoded message and what the transport says about it. */
export interface Received<M> {
  readonly message: M;
  readonly attributes: Attributes;
  readonly publishedAt: Date;
}

/** How a step ended well. Only `superseded` and `dry_run` have nothing to say onwards. */
export interface StepResult {
  readonly outcome: 'done' | 'already_done' | 'superseded' | 'dry_run';
  readonly run_id: string;
  readonly version: string;
  readonly promotion_seq?: number;
  /** How old the release is to its readers. */
  readonly release_age_days?: number;
  readonly days_left?: number;
  /** The promotion that the summary document showed. */
  readonly shown_seq?: number;
  /** Of the run that a step has found to be concerned, where its message names none. */
  readonly traceparent?: string;
  /** Why, where the outcome needs a reason. */
  readonly reason?: string;
  /** What the data-quality gate counted. */
  readonly data_quality?: Readonly<Record<string, number>>;
  /** What reconcile found deviating and has put right. */
  readonly changed?: readonly string[];
  readonly outgoing?: AnyEnvelope;
}

export type Step<M> = (received: Received<M>) => ReaderTaskEither<Environment, Failure, StepResult>;
