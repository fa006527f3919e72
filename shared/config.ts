import type { AsOfDate, Mode, PositiveInteger, Revision, Version } from './codec/primitives.js';
import type { ContractIdentity } from './contract/constants.js';
import type { GateOptions } from './contract/gate/gate.js';
import type { Locations } from './contract/release-locations.js';
import { dayOf, parseIsoDay } from './day.js';
import type { ShadowTrack } from './research/tracks/shadow-tracks.js';

/** What a deployment decides once. Composition roots make it; everything else receives it. */
export interface PipelineConfig {
  readonly bucket: string;
  /** First segments of every object's name, without slashes at the ends. */
  readonly rootPrefix: string;
  readonly sourceProject: string;
  readonly contract: ContractIdentity;
  /** The mode of a request that names none. */
  readonly defaultMode: Mode;
  readonly poolSize: PositiveInteger;
  /** A release older than this is refused unless the run allows staleness. */
  readonly maxAgeDays: number;
  readonly firestoreCollection: string;
  readonly firestoreDocument: string;
  /** Write `selection_meta` into the live artifacts. */
  readonly selectionMeta: boolean;
  /** What the shadow history records; absent: the two tracks that it always has. */
  readonly shadowTracks?: readonly ShadowTrack[];
  /** Who acts, for the ledger: a service account or a person's login. */
  readonly actor: string;
  /** The producer's commit; absent where none is known, never made up. */
  readonly sourceRevision?: Revision;
}

/** Where this deployment publishes to. */
export const locationsOf = (config: PipelineConfig): Locations => ({
  bucket: config.bucket,
  rootPrefix: config.rootPrefix,
  collection: config.firestoreCollection,
  document: config.firestoreDocument,
});

/** What the release gate of this deployment holds against a version; day and waiver are the caller's. */
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

/** For how many days after today readers still accept a release of that date; 0 at the least. */
export const daysLeftOf = (
  { maxAgeDays }: Pick<PipelineConfig, 'maxAgeDays'>,
  asOfDate: AsOfDate,
  now: Date,
): number => Math.max(0, maxAgeDays - (dayOf(now) - parseIsoDay(asOfDate)));
