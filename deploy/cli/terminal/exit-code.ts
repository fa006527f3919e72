import type { FailureCode } from '../../../shared/codec/failure.js';

/** The exit codes. Fixed: scripts rely on them. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  contractInvalid: 3,
  stale: 4,
  conflict: 5,
  upstreamIncomplete: 6,
  configuration: 7,
} as const;

const byCode: Readonly<Record<FailureCode, number>> = {
  'malformed-input': EXIT.upstreamIncomplete,
  'contract-invalid': EXIT.contractInvalid,
  stale: EXIT.stale,
  conflict: EXIT.conflict,
  'upstream-incomplete': EXIT.upstreamIncomplete,
  configuration: EXIT.configuration,
  unavailable: EXIT.unexpected,
  unexpected: EXIT.unexpected,
};

export const exitCodeOf = (code: FailureCode): number => byCode[code];
