import type { AsOfDate, Timestamp } from '../../shared/codec/primitives.js';
import { buildRelease } from '../../shared/contract/build-release.js';
import type { ReleaseInput } from '../../shared/contract/build-release-input.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../../shared/contract/constants.js';
import type { Release } from '../../shared/contract/release.js';
import { type AnyEnvelope, makeMessage, type RunId } from '../../shared/messages/envelope.js';
import { releaseKey } from '../../shared/object-keys.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import { referenceTo } from '../../shared/releases/read-referenced-object.js';
import { input } from '../shared/contract/hand-written-release.js';
import { getOrThrow } from './get-or-throw.js';

/** A sound release of the day, without any ranking. */
export const handMadeRelease = (day: string, own: Partial<ReleaseInput> = {}): Release =>
  getOrThrow(
    buildRelease({
      ...input,
      asOfDate: day as AsOfDate,
      generatedAt: `${day}T13:00:00+00:00` as Timestamp,
      ...own,
    }),
  );

export const putRelease = async (objects: ObjectStore, release: Release): Promise<void> => {
  for (const name of ARTIFACTS) {
    const file = ARTIFACT_FILE[name];
    const options = { ifGenerationMatch: 0, contentType: 'text/plain' };
    getOrThrow(
      await objects.write(releaseKey(release.version, file), release.files[file], options)(),
    );
  }
};

/** What materialise says of the release, in the test bucket. */
export const materialisedMessage = (
  release: Release,
  { allow_stale = false }: { readonly allow_stale?: boolean } = {},
): AnyEnvelope => {
  const { manifest, version, files, livePool } = release;
  const at = { bucket: 'test-bucket', rootPrefix: 'crypto-live-pool-pipelines' };
  return makeMessage(
    'release-materialised',
    {
      event_id: null,
      run_id: `${version}-0123456789ab` as RunId,
      occurred_at: manifest.generated_at,
    },
    {
      mode: manifest.mode,
      as_of_date: manifest.as_of_date,
      version,
      dry_run: false,
      allow_stale,
      symbols: livePool.symbols,
      manifest: referenceTo(
        at,
        releaseKey(version, 'artifact_manifest.json'),
        files['artifact_manifest.json'],
      ),
    },
  );
};

/**
 * What a hand does to an object that IAM should have kept it from: other bytes, the same fields.
 */
export const alterObject = async (objects: ObjectStore, key: string): Promise<void> => {
  const stored = getOrThrow(await objects.read(key)());
  if (stored._tag === 'None') throw new Error(`${key} is not there`);
  const { bytes, generation, metadata } = stored.value;
  const options = { ifGenerationMatch: generation, contentType: 'application/json', metadata };
  getOrThrow(await objects.write(key, Buffer.concat([bytes, Buffer.from('\n')]), options)());
};
