import type { AsOfDate, Mode, Revision, Timestamp } from '../codec/primitives.js';
import type { ContractIdentity } from './constants.js';

/** A symbol of the universe with its scores, named as in the table; a missing score is `null`. */
export interface RankedSymbolInput {
  readonly symbol: string;
  readonly rule_score: number | null;
  readonly linear_score: number | null;
  readonly ml_score: number | null;
  readonly final_score: number | null;
  readonly confidence: number | null;
  readonly regime: string;
}

export interface PoolMember {
  readonly symbol: string;
  readonly baseAsset: string;
}

export interface ReleaseInput {
  readonly asOfDate: AsOfDate;
  readonly mode: Mode;
  readonly sourceProject: string;
  /** Fixed per run, so that a redelivery writes the same bytes. */
  readonly generatedAt: Timestamp;
  /** Absent if the commit is unknown. */
  readonly sourceRevision?: Revision | undefined;
  /** In any order. */
  readonly universe: readonly string[];
  /** The universe, best first; symbols without a final score have no rank and come last. */
  readonly ranking: readonly RankedSymbolInput[];
  /** In pool order, which must match the order of ranks. */
  readonly pool: readonly PoolMember[];
  /** Write `selection_meta` too. */
  readonly selectionMeta?: boolean | undefined;
  readonly contract?: ContractIdentity | undefined;
}
