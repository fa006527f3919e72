import type { Mode, Sha256, Version } from '../codec/primitives.js';
import type { Artifact } from '../contract/constants.js';
import type { EpochDay } from '../day.js';
import type { QualityReport } from '../evidence/data-quality.js';
import type { RankingEvidence } from '../evidence/ranking.js';
import type { LedgerEntry } from '../promotion/ledger.js';
import type { ScorecardFile } from '../research/scorecard/scorecard-artifacts.js';

/** The content of a report: the part that the release determines, and the live part. */
export interface ReportModel {
  readonly release: ReleasePart;
  readonly live?: LivePart;
}

export interface ReleasePart {
  readonly version: Version;
  readonly asOfDate: string;
  readonly mode: Mode;
  readonly generatedAt: string;
  /** The producer's commit, where it is known. */
  readonly sourceRevision: string | undefined;
  /** In pool order. */
  readonly pool: readonly string[];
  /** `gs://…/releases/<version>/`; of a dry run under `scratch/`. */
  readonly uri: string;
  readonly isDryRun: boolean;
  readonly sha256: Readonly<Record<Artifact, Sha256>>;
  /** The ranking of the universe; older releases have none. */
  readonly evidence: ReleaseEvidence | undefined;
}

export interface ReleaseEvidence {
  /** The release that was ranked: this release, or the one that it restates. */
  readonly ranked: Version;
  readonly ranking: RankingEvidence;
  readonly quality: QualityReport | undefined;
}

export interface LivePart {
  /** The instant of the query, ISO. */
  readonly asked: string;
  readonly maxAgeDays: number;
  /** The head of the ledger; null before the first promotion. */
  readonly head: { readonly seq: number; readonly version: Version } | null;
  /** The options that every command needs to work on the same target, e.g. ` --state x`. */
  readonly place: string;
  /** The command that creates the shadow history. */
  readonly shadowBuild: string;
  /**
   * Differences between the readers' view and the head, and errors of the ledger; usually empty.
   */
  readonly deviations: readonly string[];
  /** Oldest first. */
  readonly ledger: readonly LedgerEntry[];
  /** Every complete release that was ever promoted, oldest first. */
  readonly releases: readonly MonthlyPool[];
  /** The date for a restatement today; none directly before a monthly run. */
  readonly restateAs: string | undefined;
  /** The newest promoted release before the head that was not rolled back. */
  readonly rollbackTo: RollbackTarget | undefined;
  readonly shadow: ShadowPart | undefined;
}

/** A command with the options for the report's target. */
export const commandLine = ({ place }: Pick<LivePart, 'place'>, words: string): string =>
  `live-pool ${words}${place}`;

export interface RollbackTarget {
  readonly version: Version;
  /** Too old to be accepted without a waiver. */
  readonly isStale: boolean;
}

export interface MonthlyPool {
  readonly asOfDate: string;
  /** In pool order. */
  readonly symbols: readonly string[];
}

/** The history of the shadow releases. */
export interface ShadowPart {
  readonly scorecard: ScorecardFile;
  /** The baseline first. */
  readonly tracks: readonly ShadowTrackPart[];
}

export interface ShadowTrackPart {
  readonly id: string;
  readonly pools: readonly MonthlyPool[];
  readonly backtest: BacktestPath;
}

/** The equity of every seventh day, the last day last, from 1, and how far it is below its peak. */
export interface BacktestPath {
  readonly days: readonly EpochDay[];
  readonly equity: readonly number[];
  /** At most 0; the deepest of the week. */
  readonly drawdown: readonly number[];
}
