export type Outcome = 'published' | 'dry_run' | 'already_done' | 'superseded';

/** What `run` answers; scripts rely on the names. */
export interface RunAnswer {
  readonly run_id: string;
  readonly as_of_date: string;
  readonly version: string;
  readonly mode: string;
  readonly symbols: readonly string[];
  readonly pool_size: number;
  readonly outcome: Outcome;
  readonly promotion_seq: number | null;
  readonly output_dir: string;
  readonly stages: readonly { readonly name: string; readonly milliseconds: number }[];
}
