import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES } from '../../../shared/ranking/features/names.js';
import { UNIVERSE } from '../../../shared/ranking/parameters.js';
import { methodology } from '../../../shared/ranking/render-methodology.js';

const page = join(import.meta.dirname, '../../../shared/ranking/METHODOLOGY.md');

describe('METHODOLOGY.md', () => {
  it('matches the constants', () => {
    assert.equal(readFileSync(page, 'utf8'), methodology(), 'Out of date. Run: npm run generate');
  });

  it('names every feature and every excluded asset', () => {
    const text = methodology();
    const words = [
      ...FEATURES,
      ...UNIVERSE.excludedBaseAssets,
      ...UNIVERSE.highNoiseBaseAssets,
      ...UNIVERSE.leveragedKeywords,
    ];
    for (const word of words) assert.ok(text.includes(`\`${word}\``), word);
  });

  it('rounds no exact constant', () => {
    const text = methodology();
    for (const threshold of ['≥ 18,000,000', '≥ 0.495 ', '≥ 0.9016 ', '≥ 0.55 ', '≥ 130 '])
      assert.ok(text.includes(threshold), threshold);
    assert.doesNotMatch(text, /undefined|NaN|0000000/);
  });
});
