import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import { AsOfDate, GsUri, Mode, Version } from '../codec/primitives.js';
import { type Artifact, perArtifact } from './constants.js';
import { FirestorePayload, firestorePayload } from './firestore-document.js';
import type { Release } from './release.js';
import { type Locations, prefixesOf, releaseLocations } from './release-locations.js';

const Places = exactObject('Places', {
  release_object: t.string,
  current_object: t.string,
  release_uri: GsUri,
  current_uri: GsUri,
});

/** `release_manifest.json`: what a publication writes, or would write, and where. */
export const ReleaseManifest = exactObject('ReleaseManifest', {
  version: Version,
  mode: Mode,
  dry_run: t.boolean,
  publish_enabled: t.boolean,
  as_of_date: AsOfDate,
  /** Object names without a trailing slash. */
  release_prefix: t.string,
  current_prefix: t.string,
  artifacts: exactObject('Places by artifact', {
    latest_universe: Places,
    latest_ranking: Places,
    live_pool: Places,
    live_pool_legacy: Places,
    artifact_manifest: Places,
  } satisfies Record<Artifact, t.Mixed>),
  firestore: exactObject('Firestore', {
    collection: t.string,
    document: t.string,
    /** Without `promotion_seq`: the promotion assigns it. */
    payload: FirestorePayload,
  }),
});
export type ReleaseManifest = t.TypeOf<typeof ReleaseManifest>;

/** The manifest of a dry run names the real locations, but nothing is written there. */
export const releaseManifest = (
  release: Release,
  locations: Locations,
  { dryRun }: { readonly dryRun: boolean },
): ReleaseManifest => {
  const { release_prefix, current_prefix } = prefixesOf(locations, release.version);
  return {
    version: release.version,
    mode: release.livePool.mode,
    dry_run: dryRun,
    publish_enabled: !dryRun,
    as_of_date: release.livePool.as_of_date,
    release_prefix,
    current_prefix,
    artifacts: perArtifact((name) => releaseLocations(locations, release.version, name)),
    firestore: {
      collection: locations.collection,
      document: locations.document,
      payload: firestorePayload(release, locations),
    },
  };
};
