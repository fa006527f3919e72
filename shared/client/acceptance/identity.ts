import { UnknownRecord } from 'io-ts';
import { Revision, Sha256 } from '../../codec/primitives.js';
import { PAYLOAD_ARTIFACTS } from '../../contract/constants.js';
import { asOfDateIn, fieldOf, type Payload, textIn } from './payload.js';
import type { ReaderSettings } from './reader-settings.js';
import { type Violation, violation } from './rejection.js';

const IDENTITY = 'runtime_evidence_identity';

/** What the identity says that the four payload artifacts must hash to. */
export const sealedChecksum = (
  payload: Payload,
  artifact: (typeof PAYLOAD_ARTIFACTS)[number],
): unknown =>
  fieldOf(fieldOf(fieldOf(fieldOf(payload, IDENTITY), 'artifacts'), artifact), 'sha256');

const differs = (payload: Payload, field: string, expected: string): Violation | undefined => {
  const got = fieldOf(fieldOf(payload, IDENTITY), field);
  return got === expected ? undefined : violation(`${field} ${expected}`, got);
};

const artifactsBroken = (payload: Payload): Violation | undefined => {
  const artifacts = fieldOf(fieldOf(payload, IDENTITY), 'artifacts');
  if (!UnknownRecord.is(artifacts)) return violation('artifacts with their checksums', artifacts);
  const names = Object.keys(artifacts).sort();
  if (names.join() !== [...PAYLOAD_ARTIFACTS].sort().join())
    return violation(`artifacts ${[...PAYLOAD_ARTIFACTS].sort().join(', ')}`, names.join(', '));
  const bad = PAYLOAD_ARTIFACTS.find((name) => !Sha256.is(sealedChecksum(payload, name)));
  return bad && violation(`a SHA-256 of ${bad}`, sealedChecksum(payload, bad));
};

const revisionBroken = (payload: Payload): Violation | undefined => {
  const revision = fieldOf(fieldOf(payload, IDENTITY), 'source_revision');
  return Revision.is(revision)
    ? undefined
    : violation('source_revision as 40 hex digits', revision);
};

/** Without its identity a reader cannot tell which producer made the document from which data. */
export const identityViolation = (
  payload: Payload,
  { strategyProfile }: ReaderSettings,
): Violation | undefined => {
  const identity = fieldOf(payload, IDENTITY);
  if (!UnknownRecord.is(identity)) return violation(IDENTITY, identity);
  return (
    differs(payload, 'strategy_profile', strategyProfile) ??
    differs(payload, 'mode', textIn(payload, 'mode') ?? '') ??
    revisionBroken(payload) ??
    differs(payload, 'input_timestamp', `${asOfDateIn(payload)}T00:00:00Z`) ??
    differs(payload, 'artifact_contract', textIn(payload, 'artifact_contract_version') ?? '') ??
    differs(payload, 'artifact_version', textIn(payload, 'version') ?? '') ??
    artifactsBroken(payload)
  );
};
