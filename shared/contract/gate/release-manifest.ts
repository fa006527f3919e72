import * as E from 'fp-ts/lib/Either.js';
import { textOfUtf8 } from '../../codec/bytes.js';
import { parseJson } from '../../codec/decode.js';
import { RELEASE_MANIFEST_FILE as FILE } from '../constants.js';
import type { Release } from '../release.js';
import type { Locations } from '../release-locations.js';
import { releaseManifest } from '../release-manifest.js';
import { bucketOf, digested, expectedPayload, member } from './document-payload.js';
import { fieldDifferences } from './field-differences.js';
import { type Problem, problem } from './problem.js';
import { NOT_UTF8 } from './read-json-artifact.js';

const problemOf = (message: string): readonly Problem[] => [{ code: 'release-manifest', message }];

/** The manifest with the long text of its payload replaced by a checksum. */
const comparable = (manifest: unknown): unknown => {
  const firestore = member(manifest, 'firestore');
  const payload = digested(member(firestore, 'payload'));
  return payload === undefined
    ? manifest
    : Object.assign({}, manifest, { firestore: Object.assign({}, firestore, { payload }) });
};

const check = (manifest: unknown, release: Release, at: Locations): readonly Problem[] => {
  const flags = ['dry_run', 'publish_enabled'] as const;
  const expected = releaseManifest(release, at, { dryRun: true });
  return [
    ...flags
      .filter((flag) => typeof member(manifest, flag) !== 'boolean')
      .map((flag) =>
        problem('release-manifest', FILE, flag, 'true or false', member(manifest, flag)),
      ),
    ...fieldDifferences(
      'release-manifest',
      FILE,
      {
        ...expected,
        // Both values are valid; all other fields follow from the release and its destination.
        ...Object.fromEntries(flags.map((flag) => [flag, member(manifest, flag)])),
        firestore: { ...expected.firestore, payload: expectedPayload(release, at) },
      },
      comparable(manifest),
    ),
  ];
};

/**
 * All differences between `release_manifest.json` and the expected one of this release. Without
 * `at`, its locations need only agree with each other.
 */
export const checkReleaseManifest = (
  bytes: Uint8Array,
  release: Release,
  at?: Locations,
): readonly Problem[] => {
  const text = textOfUtf8(bytes);
  if (text === undefined) return problemOf(`${FILE}: ${NOT_UTF8}`);
  const parsed = parseJson(FILE)(text);
  if (E.isLeft(parsed)) return problemOf(parsed.left.message);
  const manifest = parsed.right;
  const bucket = bucketOf(member(manifest, 'firestore', 'payload'));
  const collection = member(manifest, 'firestore', 'collection');
  const document = member(manifest, 'firestore', 'document');
  const locations =
    at ??
    (bucket && typeof collection === 'string' && typeof document === 'string'
      ? { ...bucket, collection, document }
      : undefined);
  return locations === undefined
    ? [
        problem(
          'release-manifest',
          FILE,
          'firestore',
          'a collection, a document and a payload with its current_prefix',
          member(manifest, 'firestore'),
        ),
      ]
    : check(manifest, release, locations);
};
