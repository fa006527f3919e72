import type { AsOfDate, Mode, PositiveInteger, Revision, Version } from './codec/primitives.js';
import type { ContractIdentity } from './contract/constants.js';
import type { GateOptions } from './contract/gate/gate.js';
import type { Locations } from './contract/release-locations.js';
import { dayOf, parseIsoDay } from './day.js';

/** The configuration of a deployment. Composition roots create it; all other code receives it. */
export interface PipelineConfig {
  readonly bucket: string;
  /** Prefix of every object name, without leading or trailing slashes. */
  readonly rootPrefix: string;
  readonly sourceProject: string;
  readonly contract: ContractIdentity;
  /** The mode of a request that does not name one. */
  readonly defaultMode: Mode;
  readonly poolSize: PositiveInteger;
  /**
   * The mode and the pool size that the deployment's readers accept. A run is checked against them
   * before promotion, so they never come from the run's own flags.
   */
  readonly readers: { readonly mode: Mode; readonly poolSize: PositiveInteger };
  /** A release older than this is rejected unless the run has `allow_stale`. */
  readonly maxAgeDays: number;
  readonly firestoreCollection: string;
  readonly firestoreDocument: string;
  /** Write `selection_meta` into the live artifacts. */
  readonly selectionMeta: boolean;
  /** The actor in ledger entries: a service account or a person's login. */
  readonly actor: string;
  /** The producer's commit; absent if unknown, never invented. */
  readonly sourceRevision?: Revision;
}

/** The locations that this deployment publishes to. */
export const locationsOf = (config: PipelineConfig): Locations => ({
  bucket: config.bucket,
  rootPrefix: config.rootPrefix,
  collection: config.firestoreCollection,
  document: config.firestoreDocument,
});

/** The gate options of this deployment for a version; the caller adds `today` and `allowStale`. */
export const gateOptions = (
  config: PipelineConfig,
  expectedVersion: Version,
): Omit<GateOptions, 'today'> => ({
  maxAgeDays: config.maxAgeDays,
  expectedPoolSize: config.poolSize,
  expectedVersion,
  expectedSourceProject: config.sourceProject,
  contract: config.contract,
});

/** The number of days after today for which readers accept a release of that date; at least 0. */
export const daysLeftOf = (
  { maxAgeDays }: Pick<PipelineConfig, 'maxAgeDays'>,
  asOfDate: AsOfDate,
  now: Date,
): number => Math.max(0, maxAgeDays - (dayOf(now) - parseIsoDay(asOfDate)));
