import type { FailureCode } from '../failure.js';

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
  /** What was caught, of an error that has a cause. */
  readonly cause?: unknown;
  readonly [fact: string]: unknown;
}

export type Log = (entry: LogEntry) => void;
