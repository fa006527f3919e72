import { texts } from '../hand-written-release.js';
import {
  demands,
  files,
  legacy,
  manifest,
  payloadFiles,
  pool,
  ranking,
  resealed,
  sealOf,
  universe,
  without,
} from './release-mutations.js';

const WRONG_SEAL = 'f'.repeat(64);

demands('the release gate demands of the files that', [
  ...files.map((file) => ({
    rule: `all five artifacts are present (${file})`,
    release: without(file),
    problems: [`missing-file | ${file}: expected this file, got nothing`],
  })),
  ...payloadFiles.map((file) => ({
    rule: `the SHA-256 of ${file} is the manifest's`,
    release: manifest(sealOf(file), WRONG_SEAL),
    problems: [
      `checksum | ${file}: SHA-256: expected ${WRONG_SEAL} as in artifact_manifest.json, got "${sealOf(file)}"`,
    ],
  })),
  {
    rule: 'every artifact has the shape of its codec',
    release: pool('"pool_size": 5', '"pool_size": "5"'),
    problems: [
      'malformed | live_pool.json: pool_size: expected PositiveInteger (a whole number of at least 1), got "5"',
    ],
  },
  {
    rule: 'no artifact has fields of its own',
    release: pool('"mode": "core_major",', '"mode": "core_major",\n  "note": "hello",'),
    problems: ['malformed | live_pool.json: note: expected no such field, got "hello"'],
  },
  {
    rule: 'every cell of the ranking is readable',
    release: ranking(',0.125,0.25,-0.5', ',0.125,n/a,-0.5'),
    problems: [
      'malformed | latest_ranking.csv: line 7: linear_score: expected Finite (a number that is neither NaN nor infinite) or null, got "n/a"',
    ],
  },
  {
    rule: 'JSON is written in the exact form (indentation)',
    release: universe('  "symbols"', '\t"symbols"'),
    problems: [
      'bytes | latest_universe.json: line 3: expected exactly "  \\"symbols\\": [", got "\\t\\"symbols\\": ["',
    ],
  },
  {
    rule: 'JSON is written in the exact form (no trailing newline)',
    release: resealed({ ...texts, 'live_pool.json': `${texts['live_pool.json']}\n` }),
    problems: ['bytes | live_pool.json: line 32: expected no more lines, got ""'],
  },
  {
    rule: 'JSON is written in the exact form (order of fields)',
    release: manifest(
      '"snapshot_as_of": "2026-03-13",\n  "version": "2026-03-13-core_major",',
      '"version": "2026-03-13-core_major",\n  "snapshot_as_of": "2026-03-13",',
    ),
    problems: [
      'bytes | artifact_manifest.json: line 8: expected exactly "  \\"snapshot_as_of\\": \\"2026-03-13\\",", got "  \\"version\\": \\"2026-03-13-core_major\\","',
    ],
  },
  {
    rule: 'a key does not occur twice',
    release: legacy('"TRXUSDT": {', '"TRXUSDT": {\n      "base_asset": "XXX",'),
    problems: [
      'bytes | live_pool_legacy.json: line 8: expected exactly "      \\"base_asset\\": \\"TRX\\"", got "      \\"base_asset\\": \\"XXX\\","',
    ],
  },
  {
    rule: 'a release manifest is there when it is required',
    release: texts,
    given: { requireManifest: true },
    problems: ['missing-file | release_manifest.json: expected this file, got nothing'],
  },
]);
