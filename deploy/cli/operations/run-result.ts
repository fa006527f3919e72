/** `requested`: a run in a deployment with `--no-wait`. */
export type RunOutcomeName = 'published' | 'dry_run' | 'already_done' | 'superseded' | 'requested';

/** The result of `run`; scripts rely on the names. */
export interface RunResult {
  readonly run_id: string;
  readonly as_of_date: string;
  readonly version: string;
  readonly mode: string;
  readonly symbols: readonly string[];
  readonly pool_size: number;
  readonly outcome: RunOutcomeName;
  readonly promotion_seq: number | null;
  /** The output folder; for a deployment the release's URI. */
  readonly output_dir: string | null;
  /** For a deployment: the stages that finished during the command, with their durations. */
  readonly stages: readonly { readonly name: string; readonly milliseconds: number }[];
}
