import assert from 'node:assert/strict';
import { type DiffSide, diffReleases } from '../../../../deploy/cli/release/diff.js';
import { diffText } from '../../../../deploy/cli/release/diff-text.js';
import { plainPaint } from '../../../../deploy/cli/terminal/colour.js';

const placesOf = (scores: Readonly<Record<string, number | null>>): DiffSide['places'] =>
  new Map(
    Object.entries(scores).map(([symbol, final_score], index) => [
      symbol,
      { rank: final_score === null ? null : index + 1, final_score },
    ]),
  );
const sha256 = (latest: string) => ({ latest_ranking: latest, live_pool: 'p' });

const a: DiffSide = {
  ...{ version: '2026-01-31-core_major', ranked: '2026-01-31-core_major' },
  members: ['AUSDT', 'BUSDT', 'CUSDT'],
  places: placesOf({ AUSDT: 0.9, BUSDT: 0.8, CUSDT: 0.7, DUSDT: 0.2, GUSDT: 0.1 }),
  ...{ regime: 'risk_on', weights: { rule: 0.5, linear: 0.5 }, sourceRevision: 'a'.repeat(40) },
  parameters: { 'tree.seed': 42, ridge_alpha: 1, target: 'x' },
  sha256: sha256('1'),
};
const b: DiffSide = {
  ...a,
  ...{ version: '2026-02-28-core_major', ranked: '2026-02-28-core_major' },
  members: ['BUSDT', 'DUSDT', 'CUSDT'],
  places: placesOf({ BUSDT: 0.9, DUSDT: 0.85, CUSDT: 0.7, AUSDT: 0.6, EUSDT: null }),
  ...{ regime: 'risk_off', weights: { rule: 0.75, linear: 0.25 }, sourceRevision: null },
  parameters: { 'tree.seed': 43, ridge_alpha: 1, extra: 1 },
  sha256: sha256('2'),
};

describe('release diff', () => {
  it('lists the members that entered, left and moved', () =>
    assert.deepEqual(diffReleases(a, b).members, {
      entered: [{ symbol: 'DUSDT', rank: 2 }],
      left: [{ symbol: 'AUSDT', rank: 1 }],
      moved: [{ symbol: 'BUSDT', from: 2, to: 1 }],
    }));

  it('has every symbol of both universes, ordered by later rank', () => {
    const rows = diffReleases(a, b).universe.map(({ symbol, rank_change, score_change, to }) => [
      symbol,
      rank_change,
      score_change === null ? null : Number(score_change.toFixed(6)),
      to?.rank ?? null,
    ]);
    assert.deepEqual(rows, [
      ['BUSDT', -1, 0.1, 1],
      ['DUSDT', -2, 0.65, 2],
      ['CUSDT', 0, 0, 3],
      ['AUSDT', 3, -0.3, 4],
      ['EUSDT', null, null, null],
      ['GUSDT', null, null, null],
    ]);
  });

  it('names the parameters and artifacts that differ', () => {
    const { parameters, artifacts } = diffReleases(a, b);
    assert.deepEqual(parameters, [
      { name: 'extra', from: null, to: 1 },
      { name: 'target', from: 'x', to: null },
      { name: 'tree.seed', from: 42, to: 43 },
    ]);
    assert.deepEqual(
      artifacts.map(({ name, same }) => [name, same]),
      [
        ['latest_ranking', false],
        ['live_pool', true],
      ],
    );
  });

  it('prints the whole comparison', () =>
    assert.equal(
      diffText(diffReleases(a, b), plainPaint),
      `2026-01-31-core_major → 2026-02-28-core_major
entered     D (2)
left        A (was 1)
moved       B 2 → 1
regime      risk_on → risk_off
weights     rule 0.5, linear 0.5 → rule 0.75, linear 0.25
method      extra: none → 1
            target: x → none
            tree.seed: 42 → 43
commit      aaaaaaaaaaaa → unknown
files       ranking differ

symbol  rank  now        final    now
B          2    1    -1  0.800  0.900  +0.100
D          4    2    -2  0.200  0.850  +0.650
C          3    3        0.700  0.700
A          1    4    +3  0.900  0.600  -0.300
E          –    –   new      –      –
G          5    –  gone  0.100      –`,
    ));

  it('prints what is unchanged and what is unknown without evidence', () => {
    const same = diffText(diffReleases(a, a), plainPaint);
    assert.match(same, /^members {5}unchanged$/m);
    assert.match(same, /^method {6}unchanged rules/m);
    assert.match(same, /^files {7}identical$/m);
    const { parameters } = diffReleases({ ...a, ranked: null }, b);
    assert.equal(parameters, null);
    const restated = diffText(diffReleases(a, { ...b, ranked: a.version }), plainPaint);
    assert.match(restated, /^restated {4}2026-02-28-core_major restates 2026-01-31/m);
    const bare = diffText(diffReleases({ ...a, ranked: null }, b), plainPaint);
    assert.match(bare, /^method {6}unknown: the first release has no evidence$/m);
  });
});
