import assert from 'node:assert/strict';
import {
  BUFFERED_BASELINE,
  CHALLENGER_TOPK_60,
  OFFICIAL_BASELINE,
  SHADOW_TRACKS,
  ShadowTrack,
} from '../../../../shared/research/tracks/shadow-tracks.js';

describe('The shadow tracks that come with the method', () => {
  it('have names that are safe in paths, and known targets', () => {
    assert.ok([...SHADOW_TRACKS, BUFFERED_BASELINE].every(ShadowTrack.is));
  });

  it('record the baseline and the challenger by default', () => {
    assert.deepEqual(
      SHADOW_TRACKS.map(({ id }) => id),
      ['official_baseline', 'challenger_topk_60'],
    );
  });

  it('let the buffered baseline share the windows of the baseline', () => {
    assert.equal(BUFFERED_BASELINE.target, OFFICIAL_BASELINE.target);
  });
});

describe('A shadow track', () => {
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
    it(`rejects ${JSON.stringify(id)} as a name`, () => {
      assert.equal(ShadowTrack.is({ ...CHALLENGER_TOPK_60, id }), false);
    });
  }
});
