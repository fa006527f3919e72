import type { FailureCode } from '../codec/failure.js';

/** One structured line. Small facts only, never payloads. */
export interface LogEntry {
  readonly severity: 'INFO' | 'WARNING' | 'ERROR';
  readonly message: string;
  /** The function that speaks. */
  readonly stage: string;
  readonly run_id?: string;
  readonly version?: string;
  readonly outcome?: string;
  /** Of an error. */
  readonly code?: FailureCode;
  readonly promotion_seq?: number;
  readonly message_id?: string;
  readonly traceparent?: string;
  /** How long the delivery has been worked on. */
  readonly duration_ms?: number;
  /** How long the message had been under way before. */
  readonly waited_ms?: number;
  /** Days since the as-of date of the release that the line is about. */
  readonly release_age_days?: number;
  /** For how many days more readers accept it. */
  readonly days_left?: number;
  /** What was caught, of an error that has a cause. */
  readonly cause?: unknown;
  readonly [fact: string]: unknown;
}

export type Log = (entry: LogEntry) => void;
