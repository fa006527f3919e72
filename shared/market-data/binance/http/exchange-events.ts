/** What the exchange makes its callers wait for, told as it happens; an operator sees it on stderr. */
export type ExchangeEvent =
  /** The budget of request weight is used up for a second or more. */
  | { readonly kind: 'budget-wait'; readonly milliseconds: number }
  /** The exchange answered 429: every request waits as long as it says. */
  | { readonly kind: 'rate-limited'; readonly request: string; readonly milliseconds: number }
  /** An attempt failed in a way that may pass; the next one follows after the wait. */
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
  /** The exchange answered 418: nothing is sent until the ban is over. */
  | { readonly kind: 'banned'; readonly until: Date };
