import * as E from 'fp-ts/lib/Either.js';
import { readJson } from '../../shared/codec/bytes.js';
import { Version } from '../../shared/codec/primitives.js';
import { ArtifactManifest } from '../../shared/contract/artifact-manifest.js';
import { ARTIFACT_FILE, ARTIFACTS, PAYLOAD_ARTIFACTS } from '../../shared/contract/constants.js';
import { currentKey, releaseKey } from '../../shared/object-keys.js';
import {
  ledgerEntries,
  type ObjectState,
  releaseChecksums,
  type StoreContents,
} from './store-contents.js';

const MANIFEST = ARTIFACT_FILE.artifact_manifest;

const sequence = (object: ObjectState | undefined): number =>
  Number(object?.metadata.promotion_seq ?? 0);

/** A release never changes, and its manifest is the mark that the rest is there. */
const releaseProblems = (contents: StoreContents, key: string): readonly string[] => {
  if (contents.objects.has(key)) return [`${key} has been written again`];
  if (!key.endsWith(`/${MANIFEST}`)) return [];
  const prefix = key.slice(0, -MANIFEST.length);
  return PAYLOAD_ARTIFACTS.filter(
    (name) => !contents.objects.has(`${prefix}${ARTIFACT_FILE[name]}`),
  ).map((name) => `${key} has been written before ${ARTIFACT_FILE[name]}`);
};

/** Only what is promoted and complete is copied, and no copy takes the place of a later one. */
const copyProblems = (
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
      `${key} is not what ${releaseKey(version as Version, file)} holds`,
  ].filter((problem) => problem !== false);
};

/** What a reader sees who takes the five objects at this moment and checks the manifest's checksums. */
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
  return isRelease ? ahead : [...ahead, `current/ passes for ${version}, but is not that release`];
};

/** What is wrong with writing `written` under `key` where `contents` lies. */
export const writeViolations = (
  contents: StoreContents,
  key: string,
  written: ObjectState,
): readonly string[] => {
  if (key.startsWith('releases/')) return releaseProblems(contents, key);
  if (!key.startsWith(currentKey('')))
    return contents.objects.has(key) ? [`${key} has been written again`] : [];
  const after = { ...contents, objects: new Map(contents.objects).set(key, written) };
  return [...copyProblems(contents, key, written), ...readerViolations(after)];
};
