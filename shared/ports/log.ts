import type { FailureCode } from '../codec/failure.js';

/** One structured log line. Small fields only, never payloads. */
export interface LogEntry {
  readonly severity: 'INFO' | 'WARNING' | 'ERROR';
  readonly message: string;
  /** The function that writes the line. */
  readonly stage: string;
  readonly run_id?: string;
  readonly version?: string;
  readonly outcome?: string;
  /** Present on errors only. */
  readonly code?: FailureCode;
  readonly promotion_seq?: number;
  readonly message_id?: string;
  readonly traceparent?: string;
  /** Processing time of the delivery. */
  readonly duration_ms?: number;
  /** Time between publication and the start of processing. */
  readonly waited_ms?: number;
  /** Days since the as-of date of the release. */
  readonly release_age_days?: number;
  /** The number of days for which readers still accept the release. */
  readonly days_left?: number;
  /** The underlying exception, if there is one. */
  readonly cause?: unknown;
  readonly [field: string]: unknown;
}

export type Log = (entry: LogEntry) => void;
