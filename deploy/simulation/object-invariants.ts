import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import { readJson } from '../../shared/codec/bytes.js';
import { Version } from '../../shared/codec/primitives.js';
import { ArtifactManifest } from '../../shared/contract/artifact-manifest.js';
import { ARTIFACT_FILE, ARTIFACTS, PAYLOAD_ARTIFACTS } from '../../shared/contract/constants.js';
import { currentKey, releaseKey } from '../../shared/object-keys.js';
import { sequenceOf } from '../../shared/releases/current.js';
import {
  ledgerEntries,
  type ObjectState,
  releaseChecksums,
  type StoreContents,
} from './store-contents.js';

const MANIFEST = ARTIFACT_FILE.artifact_manifest;

const sequence = (object: ObjectState | undefined): number => sequenceOf(O.fromNullable(object));

/** A release never changes, and its manifest is written last. */
const releaseViolations = (contents: StoreContents, key: string): readonly string[] => {
  if (contents.objects.has(key)) return [`${key} was written twice`];
  if (!key.endsWith(`/${MANIFEST}`)) return [];
  const prefix = key.slice(0, -MANIFEST.length);
  return PAYLOAD_ARTIFACTS.filter(
    (name) => !contents.objects.has(`${prefix}${ARTIFACT_FILE[name]}`),
  ).map((name) => `${key} was written before ${ARTIFACT_FILE[name]}`);
};

/** Only a promoted, complete release is copied, and never over a later promotion. */
const copyViolations = (
  contents: StoreContents,
  key: string,
  written: ObjectState,
): readonly string[] => {
  const seq = sequence(written);
  const before = sequence(contents.objects.get(key));
  const file = key.slice(currentKey('').length);
  const version = written.metadata.version;
  const entry = ledgerEntries(contents)[seq - 1];
  const release = Version.is(version) ? releaseChecksums(contents, version) : undefined;
  return [
    before > seq && `${key} fell from promotion ${before} to ${seq}`,
    entry?.version !== version &&
      `${key} shows ${version} as promotion ${seq}; the ledger does not`,
    release === undefined && `${key} shows ${version}, which is not complete`,
    release !== undefined &&
      release.get(file) !== written.sha256 &&
      `${key} differs from ${releaseKey(version as Version, file)}`,
  ].filter((violation) => violation !== false);
};

/** Checks what a reader would accept that reads the five objects now and verifies checksums. */
export const readerViolations = (contents: StoreContents): readonly string[] => {
  const shown = (file: string): ObjectState | undefined => contents.objects.get(currentKey(file));
  const manifest = shown(MANIFEST);
  if (manifest === undefined) return [];
  const ahead = PAYLOAD_ARTIFACTS.filter(
    (name) => sequence(shown(ARTIFACT_FILE[name])) < sequence(manifest),
  ).map((name) => `current/: the manifest was written before ${ARTIFACT_FILE[name]}`);
  const decoded = readJson(ArtifactManifest, currentKey(MANIFEST))(manifest.bytes);
  if (E.isLeft(decoded)) return [...ahead, decoded.left.message];
  const { artifacts, version } = decoded.right;
  const agrees = PAYLOAD_ARTIFACTS.every(
    (name) => shown(ARTIFACT_FILE[name])?.sha256 === artifacts[name].sha256,
  );
  if (!agrees) return ahead;
  const release = releaseChecksums(contents, version);
  const isRelease = ARTIFACTS.every(
    (name) => release?.get(ARTIFACT_FILE[name]) === shown(ARTIFACT_FILE[name])?.sha256,
  );
  return isRelease
    ? ahead
    : [...ahead, `current/ has valid checksums for ${version}, but differs from that release`];
};

/** The invariants that a write of `written` to `key` violates, given the stored contents. */
export const writeViolations = (
  contents: StoreContents,
  key: string,
  written: ObjectState,
): readonly string[] => {
  if (key.startsWith('releases/')) return releaseViolations(contents, key);
  if (!key.startsWith(currentKey('')))
    return contents.objects.has(key) ? [`${key} was written twice`] : [];
  const after = { ...contents, objects: new Map(contents.objects).set(key, written) };
  return [...copyViolations(contents, key, written), ...readerViolations(after)];
};
