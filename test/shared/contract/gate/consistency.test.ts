import { parseIsoDay } from '../../../../shared/day.js';
import { texts } from '../hand-written-release.js';
import {
  demands,
  ELSEWHERE,
  everywhere,
  legacy,
  manifest,
  pool,
  ranking,
  sealOf,
  universe,
} from './release-mutations.js';

const WRONG_SEAL = 'f'.repeat(64);

demands('the release gate demands of what a release says of itself that', [
  {
    rule: 'one as_of_date everywhere (live_pool.json)',
    release: pool('"as_of_date": "2026-03-13"', '"as_of_date": "2026-03-12"'),
    problems: [
      `disagreement | live_pool.json: as_of_date: expected "2026-03-13" ${ELSEWHERE}, got "2026-03-12"`,
    ],
  },
  {
    rule: 'one as_of_date everywhere (latest_universe.json)',
    release: universe('2026-03-13', '2026-03-12'),
    problems: [
      `disagreement | latest_universe.json: as_of_date: expected "2026-03-13" ${ELSEWHERE}, got "2026-03-12"`,
    ],
  },
  {
    rule: 'one as_of_date everywhere (a row of the ranking)',
    release: ranking('2026-03-13,SOL', '2026-03-12,SOL'),
    problems: [
      `disagreement | latest_ranking.csv: as_of_date: expected "2026-03-13" ${ELSEWHERE}, got "2026-03-12"`,
    ],
  },
  {
    rule: 'one as_of_date everywhere (snapshot_as_of)',
    release: manifest('"snapshot_as_of": "2026-03-13"', '"snapshot_as_of": "2026-03-12"'),
    problems: [
      `disagreement | artifact_manifest.json: snapshot_as_of: expected "2026-03-13" ${ELSEWHERE}, got "2026-03-12"`,
    ],
  },
  {
    rule: 'one version everywhere',
    release: pool('"version": "2026-03-13-core_major"', '"version": "2026-02-28-core_major"'),
    problems: [
      `disagreement | live_pool.json: version: expected "2026-03-13-core_major" ${ELSEWHERE}, got "2026-02-28-core_major"`,
    ],
  },
  {
    rule: 'one mode everywhere',
    release: legacy('"mode": "core_major"', '"mode": "core_minor"'),
    problems: [
      `disagreement | live_pool_legacy.json: mode: expected "core_major" ${ELSEWHERE}, got "core_minor"`,
    ],
  },
  {
    rule: 'one source_project everywhere',
    release: manifest('"crypto-live-pool-pipelines"', '"another-project"'),
    problems: [
      `disagreement | artifact_manifest.json: source_project: expected "crypto-live-pool-pipelines" ${ELSEWHERE}, got "another-project"`,
    ],
  },
  {
    rule: 'the source_project is the expected one',
    release: texts,
    given: { expectedSourceProject: 'another-project' },
    problems: [
      'identity | live_pool.json: source_project: expected "another-project", got "crypto-live-pool-pipelines"',
    ],
  },
  {
    rule: 'the version is <as_of_date>-<mode>',
    release: everywhere('2026-03-13-core_major', '2026-03-13-core_minor'),
    problems: [
      'version | live_pool.json: version: expected "2026-03-13-core_major" (<as_of_date>-<mode>), got "2026-03-13-core_minor"',
    ],
  },
  {
    rule: 'the version is the expected one',
    release: texts,
    given: { expectedVersion: '2026-02-28-core_major' },
    problems: [
      'version | live_pool.json: version: expected "2026-02-28-core_major", got "2026-03-13-core_major"',
    ],
  },
  {
    rule: 'the contract is the expected one',
    release: manifest('live_pool.v1', 'live_pool.v2'),
    problems: [
      'identity | artifact_manifest.json: contract_version: expected "crypto_live_pool_rotation.live_pool.v1", got "crypto_live_pool_rotation.live_pool.v2"',
    ],
  },
  {
    rule: 'the artifact has the name of its profile',
    release: manifest('crypto_live_pool_rotation_live_pool', 'another_live_pool'),
    problems: [
      'identity | artifact_manifest.json: artifact_name: expected "crypto_live_pool_rotation_live_pool", got "another_live_pool"',
    ],
  },
  {
    rule: 'live_pool.json is believed where two files stand against each other',
    release: {
      'live_pool.json': texts['live_pool.json'],
      'artifact_manifest.json': texts['artifact_manifest.json'].replace(
        '"source_project": "crypto-live-pool-pipelines"',
        '"source_project": "another-project"',
      ),
      'latest_universe.json': texts['latest_universe.json'],
      'latest_ranking.csv': texts['latest_ranking.csv'],
    },
    problems: [
      'missing-file | live_pool_legacy.json: expected this file, got nothing',
      `disagreement | artifact_manifest.json: source_project: expected "crypto-live-pool-pipelines" ${ELSEWHERE}, got "another-project"`,
    ],
  },
  {
    rule: 'the profile is the expected one',
    release: manifest(
      '"strategy_profile": "crypto_live_pool_rotation"',
      '"strategy_profile": "other"',
    ),
    problems: [
      'identity | artifact_manifest.json: strategy_profile: expected "crypto_live_pool_rotation", got "other"',
    ],
  },
  {
    rule: 'the identity repeats the manifest (input_timestamp)',
    release: manifest('2026-03-13T00:00:00Z', '2026-03-12T00:00:00Z'),
    problems: [
      'disagreement | artifact_manifest.json: runtime_evidence_identity.input_timestamp: expected "2026-03-13T00:00:00Z", got "2026-03-12T00:00:00Z"',
    ],
  },
  {
    rule: 'the identity repeats the manifest (artifact_version)',
    release: manifest(
      '"artifact_version": "2026-03-13-core_major"',
      '"artifact_version": "2026-02-28-core_major"',
    ),
    problems: [
      'disagreement | artifact_manifest.json: runtime_evidence_identity.artifact_version: expected "2026-03-13-core_major", got "2026-02-28-core_major"',
    ],
  },
  {
    rule: 'the identity repeats the manifest (artifacts)',
    release: {
      ...texts,
      'artifact_manifest.json': texts['artifact_manifest.json'].replace(
        new RegExp(`(runtime_evidence_identity[\\s\\S]*)${sealOf('live_pool.json')}`),
        `$1${WRONG_SEAL}`,
      ),
    },
    problems: [
      `disagreement | artifact_manifest.json: runtime_evidence_identity.artifacts.live_pool.sha256: expected "${sealOf('live_pool.json')}", got "${WRONG_SEAL}"`,
    ],
  },
  {
    rule: 'source_revision is a commit',
    release: manifest('0123456789abcdef0123456789abcdef01234567', 'HEAD'),
    problems: [
      'malformed | artifact_manifest.json: runtime_evidence_identity.source_revision: expected Revision (a commit of 40 lower-case hexadecimal digits), got "HEAD"',
    ],
  },
  {
    rule: 'as_of_date is not after today',
    release: texts,
    given: { today: parseIsoDay('2026-03-12') },
    problems: [
      'future-date | live_pool.json: as_of_date: expected a day not after today, 2026-03-12, got "2026-03-13"',
    ],
  },
  {
    rule: 'as_of_date is not after today, even if a stale release is allowed',
    release: texts,
    given: { today: parseIsoDay('2026-03-12'), allowStale: true },
    problems: [
      'future-date | live_pool.json: as_of_date: expected a day not after today, 2026-03-12, got "2026-03-13"',
    ],
  },
  {
    rule: 'as_of_date is at most 45 days old',
    release: texts,
    given: { today: parseIsoDay('2026-04-28') },
    problems: [
      'stale | live_pool.json: as_of_date: expected a day at most 45 days before today, 2026-04-28, got "2026-03-13", which is 46 days old',
    ],
  },
  {
    rule: 'as_of_date is at most as old as the caller says',
    release: texts,
    given: { today: parseIsoDay('2026-03-16'), maxAgeDays: 2 },
    problems: [
      'stale | live_pool.json: as_of_date: expected a day at most 2 days before today, 2026-03-16, got "2026-03-13", which is 3 days old',
    ],
  },
]);
