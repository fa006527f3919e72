/** Events for which requests wait, reported as they happen; an operator sees them on stderr. */
export type ExchangeEvent =
  /** The budget of request weight is used up for a second or more. */
  | { readonly kind: 'budget-wait'; readonly milliseconds: number }
  /** The exchange responded 429: every request waits for the stated time. */
  | { readonly kind: 'rate-limited'; readonly request: string; readonly milliseconds: number }
  /** An attempt had a transient failure; the next one follows after the wait. */
  | {
      readonly kind: 'retry';
      readonly request: string;
      /** What happened, e.g. `HTTP 503`. */
      readonly reason: string;
      /** The attempt that failed, from 1. */
      readonly attempt: number;
      readonly attempts: number;
      readonly milliseconds: number;
    }
  /** The exchange responded 418: no request is sent until the ban is over. */
  | { readonly kind: 'banned'; readonly until: Date };
