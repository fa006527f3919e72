import assert from 'node:assert/strict';
import fc from 'fast-check';
import { READER_DEFAULTS } from '../../../shared/client/acceptance/reader-settings.js';
import {
  type Candidate,
  rejectionsOf,
  validateCandidate,
} from '../../../shared/client/acceptance/validate-candidate.js';
import { canonicalJson } from '../../../shared/codec/hash.js';
import type { PositiveInteger } from '../../../shared/codec/primitives.js';
import { buildRelease } from '../../../shared/contract/build-release.js';
import { firestoreDocument } from '../../../shared/contract/firestore-document.js';
import { parseIsoDay } from '../../../shared/day.js';
import { releaseInput } from '../../support/arbitraries.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const AT = { bucket: 'bucket', rootPrefix: 'root' };

describe('A reader of any release that can be built', () => {
  it('accepts its document and files, strictly where its producer is known, in one order', () => {
    fc.assert(
      fc.property(releaseInput, fc.integer({ min: 0, max: 45 }), (input, age) => {
        const release = getOrThrow(buildRelease(input));
        const { livePool, files, manifest } = release;
        const settings = {
          ...READER_DEFAULTS,
          acceptedModes: [livePool.mode],
          expectedPoolSize: livePool.pool_size,
          strict: manifest.runtime_evidence_identity !== undefined,
          strategyProfile: manifest.strategy_profile,
        };
        const document = firestoreDocument(release, AT, 1 as PositiveInteger);
        const file = (name: 'live_pool.json' | 'live_pool_legacy.json'): Candidate => ({
          source: 'local_file',
          name,
          given: { text: Buffer.from(files[name]).toString('utf8') },
        });
        const today = parseIsoDay(livePool.as_of_date) + age;
        for (const candidate of [
          {
            source: 'fresh_upstream',
            name: 'firestore',
            given: { payload: JSON.parse(canonicalJson(document)) },
          } as const,
          file('live_pool.json'),
          file('live_pool_legacy.json'),
        ]) {
          const judged = validateCandidate(candidate, settings, today);
          assert.deepEqual(rejectionsOf(candidate, judged), []);
          assert.deepEqual(judged.pool?.listed, livePool.symbols);
        }
      }),
      { numRuns: 100 },
    );
  });
});
