import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import {
  BUFFERED_BASELINE,
  CHALLENGER_TOPK_60,
  decodeShadowTracks,
  OFFICIAL_BASELINE,
  SHADOW_TRACKS,
  ShadowTrack,
} from '../../../../shared/research/tracks/shadow-tracks.js';
import { getOrThrow } from '../../../support/get-or-throw.js';

const refusal = (value: unknown): string => {
  const result = decodeShadowTracks(value);
  assert.ok(E.isLeft(result));
  return result.left.message;
};

describe('The shadow tracks that come with the method', () => {
  it('are a setting like any other', () => {
    const all = [...SHADOW_TRACKS, BUFFERED_BASELINE];
    assert.ok(all.every(ShadowTrack.is));
    assert.deepEqual(getOrThrow(decodeShadowTracks(JSON.parse(JSON.stringify(all)))), all);
  });

  it('record the baseline and the challenger unless told otherwise', () => {
    assert.deepEqual(
      SHADOW_TRACKS.map(({ id }) => id),
      ['official_baseline', 'challenger_topk_60'],
    );
  });

  it('let the buffered baseline share the windows of the baseline', () => {
    assert.equal(BUFFERED_BASELINE.target, OFFICIAL_BASELINE.target);
  });
});

describe('decodeShadowTracks', () => {
  it('adds a track by an entry', () => {
    const added = { ...CHALLENGER_TOPK_60, id: 'challenger_slow', buffer: 3 };
    const [, track] = getOrThrow(decodeShadowTracks([OFFICIAL_BASELINE, added]));
    assert.deepEqual(track, added);
  });

  for (const id of [
    '',
    '..',
    'a/b',
    'a\\b',
    'A',
    '1a',
    'a b',
    'a.b',
    'a\u0000',
    'ä',
    'x'.repeat(61),
  ]) {
    it(`refuses ${JSON.stringify(id)} as a name`, () => {
      assert.match(
        refusal([OFFICIAL_BASELINE, { ...CHALLENGER_TOPK_60, id }]),
        /1\.id: .*TrackName/,
      );
    });
  }

  const refused: readonly (readonly [title: string, tracks: unknown, sentence: RegExp])[] = [
    ['nothing', undefined, /list of ShadowTrack/],
    ['a list without the baseline', [CHALLENGER_TOPK_60], /expected official_baseline among them/],
    [
      'a baseline with another target',
      [{ ...OFFICIAL_BASELINE, target: 'future_topk_label_60' }],
      /official_baseline: .*cannot be redefined/,
    ],
    ['a baseline with a buffer', [{ ...OFFICIAL_BASELINE, buffer: 2 }], /cannot be redefined/],
    ['a track twice', [...SHADOW_TRACKS, CHALLENGER_TOPK_60], /challenger_topk_60: .*once/],
    [
      'a candidate that calls itself official',
      [OFFICIAL_BASELINE, { ...CHALLENGER_TOPK_60, candidateStatus: 'official_reference' }],
      /challenger_topk_60\.candidateStatus: expected shadow_candidate/,
    ],
    [
      "a candidate that claims the baseline's source",
      [OFFICIAL_BASELINE, { ...CHALLENGER_TOPK_60, sourceTrack: 'official_baseline' }],
      /challenger_topk_60\.sourceTrack/,
    ],
    [
      'a target that is no label',
      [OFFICIAL_BASELINE, { ...CHALLENGER_TOPK_60, target: 'close' }],
      /1\.target: expected blended_rank_pct or future_topk_label_60, got "close"/,
    ],
    ['half a buffer', [OFFICIAL_BASELINE, { ...BUFFERED_BASELINE, buffer: 0.5 }], /1\.buffer/],
    ['a field that it does not know', [{ ...OFFICIAL_BASELINE, weight: 1 }], /0\.weight/],
  ];
  for (const [title, tracks, sentence] of refused) {
    it(`refuses ${title}`, () => assert.match(refusal(tracks), sentence));
  }
});
