import { sha256 } from '../../codec/hash.js';
import { dayStartOf } from '../../codec/primitives.js';
import {
  ARTIFACT_FILE,
  artifactName,
  type ContractIdentity,
  PAYLOAD_ARTIFACTS,
} from '../constants.js';
import type { PartialReleaseFiles } from '../release.js';
import { fieldDifferences } from './field-differences.js';
import { type Problem, problem } from './problem.js';
import type { ReleaseParts } from './release-parts.js';

const MANIFEST = ARTIFACT_FILE.artifact_manifest;

/** The manifest's checksums match the bytes. */
export const checksumProblems = (
  { checksums }: ReleaseParts,
  files: PartialReleaseFiles,
): readonly Problem[] =>
  PAYLOAD_ARTIFACTS.flatMap((name) => {
    const file = ARTIFACT_FILE[name];
    const bytes = files[file];
    const expected = checksums[name]?.sha256;
    if (bytes === undefined || expected === undefined) return [];
    const got = sha256(bytes);
    return got === expected
      ? []
      : [problem('checksum', file, 'SHA-256', `${expected} as in ${MANIFEST}`, got)];
  });

/** The manifest declares the expected contract. */
export const contractProblems = (
  { manifest }: ReleaseParts,
  contract: ContractIdentity,
): readonly Problem[] =>
  (
    [
      ['contract_version', contract.contractVersion],
      ['strategy_profile', contract.strategyProfile],
      ['artifact_name', artifactName(contract)],
    ] as const
  ).flatMap(([field, expected]) => {
    const got = manifest[field];
    return got === undefined || got === expected
      ? []
      : [problem('identity', MANIFEST, field, `"${expected}"`, got)];
  });

/** `runtime_evidence_identity` agrees with the manifest that contains it. */
export const evidenceProblems = ({ manifest }: ReleaseParts): readonly Problem[] => {
  const evidence = manifest.runtime_evidence_identity;
  if (evidence === undefined) return [];
  const { strategy_profile, mode, contract_version, version, artifacts, as_of_date } = manifest;
  const expected = {
    strategy_profile,
    mode,
    source_revision: evidence.source_revision,
    input_timestamp: as_of_date && dayStartOf(as_of_date),
    artifact_contract: contract_version,
    artifact_version: version,
    artifacts,
  };
  // An invalid manifest field is reported elsewhere and not compared with the evidence.
  const comparable = Object.fromEntries(
    Object.entries(expected).filter(([, value]) => value !== undefined),
  );
  return fieldDifferences(
    'disagreement',
    MANIFEST,
    { runtime_evidence_identity: { ...evidence, ...comparable } },
    { runtime_evidence_identity: evidence },
  );
};
