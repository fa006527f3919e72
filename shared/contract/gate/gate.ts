import * as E from 'fp-ts/lib/Either.js';
import type { EpochDay } from '../../day.js';
import {
  ARTIFACT_FILE,
  CONTRACT,
  type ContractIdentity,
  DEFAULTS,
  RELEASE_MANIFEST_FILE,
} from '../constants.js';
import { type PartialReleaseFiles, readRelease } from '../release.js';
import type { Locations } from '../release-locations.js';
import { ageProblems } from './age.js';
import { checkFirestoreDocument } from './check-document.js';
import { asOfDateOf, consistencyProblems } from './consistency.js';
import { checksumProblems, contractProblems, evidenceProblems } from './manifest.js';
import { poolProblems } from './pool.js';
import { type Problem, problem, type Verdict } from './problem.js';
import { rankingProblems } from './ranking.js';
import { checkReleaseManifest } from './release-manifest.js';
import { missingFile, readReleaseParts } from './release-parts.js';
import { selectionMetaProblems } from './selection-meta.js';

export interface GateOptions {
  /** The UTC day of the decision. */
  readonly today: EpochDay;
  readonly maxAgeDays?: number | undefined;
  /** Turns the age error into a warning; affects no other rule. */
  readonly allowStale?: boolean | undefined;
  readonly expectedPoolSize?: number | undefined;
  readonly expectedVersion?: string | undefined;
  readonly expectedSourceProject?: string | undefined;
  readonly contract?: ContractIdentity | undefined;
  /** The destination of the release; without it, URIs need only agree with each other. */
  readonly locations?: Locations | undefined;
  /** The document as read; checked against the release if present. */
  readonly firestoreDocument?: unknown;
  readonly releaseManifest?: Uint8Array | undefined;
  readonly requireManifest?: boolean | undefined;
}

const publishedProblems = (
  files: PartialReleaseFiles,
  options: GateOptions,
): readonly Problem[] => {
  const { firestoreDocument, releaseManifest, locations } = options;
  const missing =
    options.requireManifest === true && releaseManifest === undefined
      ? [missingFile(RELEASE_MANIFEST_FILE)]
      : [];
  if (releaseManifest === undefined && firestoreDocument === undefined) return missing;
  const release = readRelease(files);
  // The problems of the release are reported elsewhere; until then there is nothing to compare
  // with.
  if (E.isLeft(release)) return missing;
  return [
    ...missing,
    ...(releaseManifest === undefined
      ? []
      : checkReleaseManifest(releaseManifest, release.right, locations)),
    ...(firestoreDocument === undefined
      ? []
      : checkFirestoreDocument(firestoreDocument, release.right, locations)),
  ];
};

/**
 * Checks everything that a release must satisfy before promotion ("What a release must satisfy" in
 * the contract), and reports all problems at once.
 */
export const validateRelease = (files: PartialReleaseFiles, options: GateOptions): Verdict => {
  const { parts, problems } = readReleaseParts(files);
  const age = ageProblems(
    asOfDateOf(parts),
    options.today,
    options.maxAgeDays ?? DEFAULTS.maxAgeDays,
  );
  const isWaived = (ageProblem: Problem): boolean =>
    ageProblem.code === 'stale' && options.allowStale === true;
  const unknownRevision = problem(
    'source-revision',
    ARTIFACT_FILE.artifact_manifest,
    'runtime_evidence_identity',
    "the producer's commit, without which strict readers refuse the document",
    undefined,
  );
  return {
    errors: [
      ...problems,
      ...consistencyProblems(parts, options),
      ...poolProblems(parts, options.expectedPoolSize ?? DEFAULTS.poolSize),
      ...rankingProblems(parts),
      ...selectionMetaProblems(parts),
      ...checksumProblems(parts, files),
      ...contractProblems(parts, options.contract ?? CONTRACT),
      ...evidenceProblems(parts),
      ...age.filter((ageProblem) => !isWaived(ageProblem)),
      ...publishedProblems(files, options),
    ],
    warnings: [...age.filter(isWaived), ...(parts.anonymous ? [unknownRevision] : [])],
  };
};
