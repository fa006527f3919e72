import assert from 'node:assert/strict';
import { utf8 } from '../../../../shared/codec/bytes.js';
import { sha256 } from '../../../../shared/codec/hash.js';
import {
  ARTIFACT_FILE,
  ARTIFACTS,
  type ArtifactFile,
  PAYLOAD_ARTIFACTS,
} from '../../../../shared/contract/constants.js';
import { type GateOptions, validateRelease } from '../../../../shared/contract/gate/gate.js';
import type { PartialReleaseFiles } from '../../../../shared/contract/release.js';
import { parseIsoDay } from '../../../../shared/day.js';
import { texts } from '../hand-written-release.js';

/** The hand-written release with one thing changed, and what the gate must say to it. */

export type Texts = Readonly<Record<ArtifactFile, string>>;

export const files = ARTIFACTS.map((name) => ARTIFACT_FILE[name]);
export const payloadFiles = PAYLOAD_ARTIFACTS.map((name) => ARTIFACT_FILE[name]);

export const POOL = '["TRXUSDT","ETHUSDT","BCHUSDT","NEARUSDT","LTCUSDT"]';
export const ELSEWHERE = 'as elsewhere in the release';

/** Replaces text that must be there; a mutation that changes nothing would prove nothing. */
export const replaced = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`The text does not contain ${from}.`);
  return text.replaceAll(from, to);
};

export const changed = (
  file: ArtifactFile,
  from: string,
  to: string,
  release: Texts = texts,
): Texts => ({ ...release, [file]: replaced(release[file], from, to) });

export const sealOf = (file: ArtifactFile): string => sha256(texts[file]);

/** Puts the checksums right again, so that only the change itself is left to be found. */
export const resealed = (release: Texts): Texts => ({
  ...release,
  'artifact_manifest.json': payloadFiles.reduce(
    (text, file) => text.replaceAll(sealOf(file), sha256(release[file])),
    release['artifact_manifest.json'],
  ),
});

export const without = (file: ArtifactFile): Partial<Texts> =>
  Object.fromEntries(Object.entries(texts).filter(([name]) => name !== file));

const inFile =
  (file: ArtifactFile) =>
  (from: string, to: string): Texts =>
    resealed(changed(file, from, to));

export const universe = inFile('latest_universe.json');
export const ranking = inFile('latest_ranking.csv');
export const pool = inFile('live_pool.json');
export const legacy = inFile('live_pool_legacy.json');
export const manifest = inFile('artifact_manifest.json');

/** The same change in every file that contains the text. */
export const everywhere = (from: string, to: string): Texts =>
  resealed(
    files
      .filter((file) => texts[file].includes(from))
      .reduce<Texts>((release, file) => changed(file, from, to, release), texts),
  );

export const bytesOf = (release: Partial<Texts>): PartialReleaseFiles =>
  Object.fromEntries(Object.entries(release).map(([file, text]) => [file, utf8(text)]));

interface Demand {
  readonly rule: string;
  readonly release: Partial<Texts>;
  readonly given?: Partial<GateOptions>;
  /** `<code> | <message>` of everything that must be found, and nothing else. */
  readonly problems: readonly string[];
}

const today = parseIsoDay('2026-03-14');

export const demands = (title: string, table: readonly Demand[]): void => {
  describe(title, () => {
    for (const { rule, release, given, problems } of table)
      it(rule, () => {
        const { errors } = validateRelease(bytesOf(release), { today, ...given });
        assert.deepEqual(
          errors.map(({ code, message }) => `${code} | ${message}`),
          problems,
        );
      });
  });
};
