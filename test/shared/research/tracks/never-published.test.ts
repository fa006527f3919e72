import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import type { TypeOf } from 'io-ts';
import { ARTIFACT_FILE, DEFAULTS } from '../../../../shared/contract/constants.js';
import { validateRelease } from '../../../../shared/contract/gate/gate.js';
import type { LivePool, LivePoolLegacy } from '../../../../shared/contract/live-pool.js';
import { readRelease } from '../../../../shared/contract/release.js';
import { addDays, parseIsoDay } from '../../../../shared/day.js';
import { releaseKey } from '../../../../shared/object-keys.js';
import type { writeRelease } from '../../../../shared/releases/write-release.js';
import {
  encodeShadowRelease,
  type ShadowIdentity,
  type ShadowLivePool,
  type ShadowLivePoolLegacy,
  shadowPaths,
  shadowVersion,
} from '../../../../shared/research/tracks/shadow-artifacts.js';
import type { ShadowRelease } from '../../../../shared/research/tracks/shadow-releases.js';
import {
  CHALLENGER_TOPK_60,
  OFFICIAL_BASELINE,
} from '../../../../shared/research/tracks/shadow-tracks.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { bytesOf, resealed, type Texts } from '../../contract/gate/release-mutations.js';
import { input, texts } from '../../contract/hand-written-release.js';

const today = parseIsoDay('2026-03-14');

/** What would have been released had research chosen the very pool of the hand-written release. */
const release: ShadowRelease = {
  asOf: parseIsoDay(input.asOfDate),
  activation: addDays(parseIsoDay(input.asOfDate), 1),
  pool: input.pool.map(({ symbol, baseAsset }, place) => ({
    symbol,
    baseAsset,
    finalScore: input.ranking[place]?.final_score ?? 0,
    confidence: input.ranking[place]?.confidence ?? 0,
    rank: place + 1,
  })),
  regime: { regime: 'risk_off', confidence: 0.5 },
  stability: 1,
  churn: 0,
};

const identityOf = (track: ShadowIdentity['track']): ShadowIdentity => ({
  track,
  mode: DEFAULTS.mode,
  sourceProject: DEFAULTS.sourceProject,
  poolSize: DEFAULTS.poolSize,
});

const paths = shadowPaths(shadowVersion(release, identityOf(OFFICIAL_BASELINE)));

const shadowTexts = (track: ShadowIdentity['track']): ReadonlyMap<string, string> => {
  const files = getOrThrow(encodeShadowRelease(release, identityOf(track)));
  return new Map([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
};

const errorsOf = (release: Partial<Texts>): readonly string[] =>
  validateRelease(bytesOf(release), { today }).errors.map(({ message }) => message);

describe('A shadow release', () => {
  it('has types of its own for versions and pools', () => {
    const version = shadowVersion(release, identityOf(CHALLENGER_TOPK_60));
    // @ts-expect-error a ShadowVersion is not a Version
    const key = releaseKey(version, ARTIFACT_FILE.live_pool);
    const pool = (shadow: TypeOf<typeof ShadowLivePool>): LivePool =>
      // @ts-expect-error a ShadowLivePool is not a LivePool
      shadow;
    const legacy = (shadow: TypeOf<typeof ShadowLivePoolLegacy>): LivePoolLegacy =>
      // @ts-expect-error nor is its legacy form
      shadow;
    const written = (shadow: ShadowRelease): Parameters<typeof writeRelease>[2] =>
      // @ts-expect-error a ShadowRelease is not a Release
      shadow;
    const shadowed = (published: LivePool['version']): typeof version =>
      // @ts-expect-error and a Version is not a ShadowVersion
      published;
    // The text is the same: only the types, the codecs and the folders keep them apart.
    assert.equal(key, 'releases/2026-03-13-core_major/live_pool.json');
    assert.ok([pool, legacy, written, shadowed].every((f) => typeof f === 'function'));
  });

  it('would pass if only its pool were checked', () => {
    assert.deepEqual(errorsOf(texts), []);
  });

  for (const track of [OFFICIAL_BASELINE, CHALLENGER_TOPK_60]) {
    describe(`of ${track.id}`, () => {
      const shadow = shadowTexts(track);
      const textOf = (path: string): string => shadow.get(path) ?? assert.fail(path);

      for (const [file, path] of [
        [ARTIFACT_FILE.live_pool, paths.live_pool],
        [ARTIFACT_FILE.live_pool_legacy, paths.live_pool_legacy],
      ] as const) {
        it(`is refused by the gate in the place of ${file}, checksums put right`, () => {
          const errors = errorsOf(resealed({ ...texts, [file]: textOf(path) }));
          for (const field of [
            'profile',
            'source_track',
            'candidate_status',
            'activation_date',
            'expected_pool_size',
          ]) {
            assert.ok(
              errors.some((one) => one.startsWith(`${file}: ${field}: expected no such field`)),
              `${field}: ${errors.join('; ')}`,
            );
          }
        });
      }

      it('is refused with its own manifest in the place of the artifact manifest', () => {
        const files = {
          ...texts,
          'live_pool.json': textOf(paths.live_pool),
          'live_pool_legacy.json': textOf(paths.live_pool_legacy),
          'artifact_manifest.json': textOf(paths.release_manifest),
        };
        assert.ok(errorsOf(files).some((one) => one.startsWith('artifact_manifest.json: ')));
        assert.ok(E.isLeft(readRelease(bytesOf(files))));
      });

      it('is not even read as a release under its own three names', () => {
        const files = new Map([...shadow].map(([path, text]) => [path.split('/').at(-1), text]));
        assert.ok(errorsOf(Object.fromEntries(files)).length > 0);
        assert.ok(E.isLeft(readRelease(bytesOf(Object.fromEntries(files)))));
      });
    });
  }
});
