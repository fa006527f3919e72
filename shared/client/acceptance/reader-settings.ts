import { CONTRACT, DEFAULTS } from '../../contract/constants.js';

/** What a reader decides for itself. */
export interface ReaderSettings {
  /** A payload of this age in days is still accepted; `null` waives the rule. */
  readonly maxAgeDays: number | null;
  readonly acceptedModes: readonly string[];
  readonly expectedPoolSize: number;
  /** Refuse a document without sealed bytes and the identity of their producer. */
  readonly strict: boolean;
  /** The profile that a strict reader demands of the identity. */
  readonly strategyProfile: string;
}

export const READER_DEFAULTS: ReaderSettings = {
  maxAgeDays: DEFAULTS.maxAgeDays,
  acceptedModes: [DEFAULTS.mode],
  expectedPoolSize: DEFAULTS.poolSize,
  strict: false,
  strategyProfile: CONTRACT.strategyProfile,
};
