import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { READER_DEFAULTS } from '../../../shared/client/acceptance/reader-settings.js';
import { type Resolution, resolve } from '../../../shared/client/acceptance/resolve.js';
import type { Candidate } from '../../../shared/client/acceptance/validate-candidate.js';
import type { Vector } from './table/base.js';

/** The vectors as they lie in the files, by the file's name. */
export const readVectors = (): ReadonlyMap<string, readonly Vector[]> =>
  new Map(
    readdirSync(import.meta.dirname)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => [
        file.slice(0, -'.json'.length),
        JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')),
      ]),
  );

/** What the client makes of a vector. */
export const resolvedVector = (vector: Vector): Resolution => {
  const { settings = {}, document, last_known_good: known, local_files: files = [] } = vector;
  const source = 'local_file';
  return resolve(
    {
      document: { source: 'fresh_upstream', name: 'firestore', given: document },
      lastKnownGood: known && { source: 'last_known_good', name: 'last_known_good', given: known },
      localFiles: files.map(({ name, ...given }): Candidate => ({ source, name, given })),
      staticUniverse: Object.fromEntries(Object.entries(vector.static_universe)),
    },
    {
      maxAgeDays:
        settings.max_age_days === undefined ? READER_DEFAULTS.maxAgeDays : settings.max_age_days,
      acceptedModes: settings.accepted_modes ?? READER_DEFAULTS.acceptedModes,
      expectedPoolSize: settings.expected_pool_size ?? READER_DEFAULTS.expectedPoolSize,
      strict: settings.strict ?? READER_DEFAULTS.strict,
      strategyProfile: settings.strategy_profile ?? READER_DEFAULTS.strategyProfile,
    },
    new Date(vector.now),
  );
};
