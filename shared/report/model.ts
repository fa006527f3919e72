import type { Mode, Sha256, Version } from '../codec/primitives.js';
import type { Artifact } from '../contract/constants.js';
import type { EpochDay } from '../day.js';
import type { QualityReport } from '../market-data/quality/report.js';
import type { LedgerEntry } from '../promotion/ledger.js';
import type { RankingEvidence } from '../ranking/ranking-evidence.js';
import type { ScorecardFile } from '../research/scorecard/scorecard-artifacts.js';

/** All that a report says: what the release determines, and what is known only when it is called. */
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
  /** What the pool was chosen from; releases from before it was kept have none. */
  readonly evidence: ReleaseEvidence | undefined;
}

export interface ReleaseEvidence {
  /** The release that was ranked: this one, or the one that it restates. */
  readonly ranked: Version;
  readonly ranking: RankingEvidence;
  readonly quality: QualityReport | undefined;
}

export interface LivePart {
  /** The instant at which it was asked, ISO. */
  readonly asked: string;
  readonly maxAgeDays: number;
  /** What the head of the ledger says; null before the first promotion. */
  readonly head: { readonly seq: number; readonly version: Version } | null;
  /** What every command needs behind its words to work in the same place, e.g. ` --state x`. */
  readonly place: string;
  /** The words that have the shadow history made there. */
  readonly shadowBuild: string;
  /** Where what readers see deviates from the head, or the ledger from itself; empty if nothing does. */
  readonly deviations: readonly string[];
  /** Oldest first. */
  readonly ledger: readonly LedgerEntry[];
  /** Every complete release that was ever promoted, oldest first. */
  readonly releases: readonly MonthlyPool[];
  /** The date for a restatement today; none right before a month is run. */
  readonly restateAs: string | undefined;
  /** The newest promoted release before the head that nobody has gone back from. */
  readonly rollbackTo: RollbackTarget | undefined;
  readonly shadow: ShadowPart | undefined;
}

/** A command as it is typed for the place of the report. */
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

/** The history of what would have been released. */
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
