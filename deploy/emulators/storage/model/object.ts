import type { Expected } from './checksums.js';
import type { Conditions, Versioned } from './conditions.js';
import type { Settings } from './settings.js';
import { invalid } from './storage-error.js';

export interface Place {
  readonly bucket: string;
  readonly name: string;
}

export interface ObjectFacts extends Place, Versioned {
  readonly size: number;
  readonly crc32c: string;
  /** Undefined for a composed object, as in the service. */
  readonly md5Hash?: string;
  /** The number of uploads in a composed object. */
  readonly componentCount?: number;
  readonly settings: Settings;
  readonly timeCreated: Date;
  readonly updated: Date;
}

/** Immutable: a reader's view does not change. */
export interface StoredObject extends ObjectFacts {
  readonly bytes: Uint8Array;
}

/** Selects a version of an object (undefined: the live one), with preconditions. */
export interface At extends Conditions {
  readonly generation?: number | undefined;
}

export interface Content {
  readonly bytes: Uint8Array;
  readonly settings: Settings;
  readonly expected?: Expected;
}

const MAXIMUM_NAME_BYTES = 1024;

export const requireName = (name: string): void => {
  if (name === '' || /[\r\n]/.test(name) || Buffer.byteLength(name) > MAXIMUM_NAME_BYTES)
    throw invalid(
      `Expected an object name of 1 to ${MAXIMUM_NAME_BYTES} bytes without line breaks, got "${name.slice(0, 80)}".`,
    );
};
