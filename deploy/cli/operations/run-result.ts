/** `requested`: a deployment was asked and nobody waited. */
export type RunOutcomeName = 'published' | 'dry_run' | 'already_done' | 'superseded' | 'requested';

/** What `run` answers; scripts rely on the names. */
export interface RunResult {
  readonly run_id: string;
  readonly as_of_date: string;
  readonly version: string;
  readonly mode: string;
  readonly symbols: readonly string[];
  readonly pool_size: number;
  readonly outcome: RunOutcomeName;
  readonly promotion_seq: number | null;
  /** The folder, or in a deployment the release's place in the bucket. */
  readonly output_dir: string | null;
  /** In a deployment those that were seen to happen, and when they came into sight. */
  readonly stages: readonly { readonly name: string; readonly milliseconds: number }[];
}
