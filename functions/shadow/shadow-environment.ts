import type * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import type { PipelineConfig } from '../../shared/config.js';
import type { MarketDataIngested } from '../../shared/messages/market-data-ingested.js';
import type { ObjectReference } from '../../shared/messages/run-fields.js';
import { readSnapshot, type SnapshotObjects } from '../../shared/releases/read-snapshot.js';
import { SHADOW_TRACKS, type ShadowTrack } from '../../shared/research/tracks/shadow-tracks.js';
import type { WindowScorer } from '../../shared/research/walk-forward/window-scorer.js';
import type { Environment } from '../environment.js';
import { historyStore, type ShadowStore, windowStore } from './shadow-store.js';

/**
 * The restricted environment of the step: it can read sealed snapshots and write below `shadow/`.
 * It has no publisher, no documents and no access to the rest of the bucket, so none of its output
 * can reach promote.
 */
export interface ShadowEnvironment {
  readonly config: Pick<PipelineConfig, 'sourceProject' | 'poolSize'>;
  readonly snapshot: (reference: ObjectReference) => TE.TaskEither<Failure, SnapshotObjects>;
  readonly windows: ShadowStore;
  readonly history: ShadowStore;
  readonly scorer: WindowScorer;
  readonly tracks: readonly ShadowTrack[];
}

/** Restricts the environment to what the shadow history of a run needs. */
export const shadowEnvironment = (
  {
    config,
    objects,
    scorer,
    shadowTracks = SHADOW_TRACKS,
  }: Pick<Environment, 'config' | 'objects' | 'scorer' | 'shadowTracks'>,
  { payload, run_id }: MarketDataIngested,
): ShadowEnvironment => ({
  config,
  snapshot: (reference) => readSnapshot(objects, config, reference),
  windows: windowStore(objects),
  history: historyStore(objects, { ...payload, run_id }),
  scorer,
  tracks: shadowTracks,
});
