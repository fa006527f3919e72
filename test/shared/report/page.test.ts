import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { htmlRenderer } from '../../../shared/report/html-renderer.js';
import type { ReportModel } from '../../../shared/report/model.js';
import { reportPage } from '../../../shared/report/page.js';
import { readShadow } from '../../../shared/report/read-shadow.js';
import { releasePart } from '../../../shared/report/release-part.js';
import { demoReports } from '../../support/demo-report.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { goldenHistory } from '../../support/golden-history.js';
import { handMadeRelease } from '../../support/hand-made-release.js';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>]]>&amp;`;

/** Every text of a model that does not come from a closed list, replaced. */
const hostile = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value))
    return ['pool', 'symbols', 'deviations'].includes(key) && typeof value[0] === 'string'
      ? value.map((one, at) => `${at}${HOSTILE}${one}`)
      : value.map((one) => hostile(one, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, hostile(one, name)]),
    );
  const texts = [
    'symbol',
    'base_asset',
    'reason',
    'actor',
    'source',
    'uri',
    'sentence',
    'id',
    'track_id',
  ];
  return texts.includes(key) ? `${HOSTILE}${String(value)}` : value;
};

describe('The page of a report', () => {
  let models: { readonly release: ReportModel; readonly live: Required<ReportModel> };
  let full: string;

  before(async () => {
    models = await demoReports(goldenHistory);
    full = reportPage(models.live);
  });

  it('has the same bytes, independently of earlier drawings', () => {
    const alone = reportPage(models.release);
    assert.equal(reportPage(models.live), full);
    assert.equal(reportPage(models.release), alone);
    assert.equal(reportPage(JSON.parse(JSON.stringify(models.live))), full);
  });

  it('is one file of less than half a megabyte that needs nothing else', () => {
    const size = Buffer.byteLength(full);
    assert.ok(size < 500_000, `${size} bytes`);
    assert.doesNotMatch(full, /<script|<link|<img|<iframe|@import|url\((?!#)/);
    const addresses = full.match(/https?:\/\/[^"\s<]*/g) ?? [];
    assert.deepEqual([...new Set(addresses)], ['http://www.w3.org/2000/svg']);
  });

  it('has each id once, and every reference resolves', () => {
    for (const page of [full, reportPage(models.release)]) {
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length);
      for (const [, id] of page.matchAll(/(?:href="#|url\(#|aria-labelledby=")([^")]+)/g))
        assert.ok(ids.includes(id), `#${id}`);
    }
  });

  it('has the checksums of the release', () => {
    for (const [name, sum] of Object.entries(models.live.release.sha256))
      assert.ok(full.includes(sum), name);
  });

  const version = '2026-02-28-core_major' as Version;
  for (const [isStale, expected] of [
    [false, /live-pool rollback --to 2026-02-28-core_major --expected-seq 1 --reason/],
    [true, /live-pool restate --from 2026-02-28-core_major --as-of-date 2026-03-14 --reason/],
  ] as const)
    it(`has the rollback command to a release that ${isStale ? 'readers would refuse' : 'is recent enough'}`, () => {
      const { release, live } = models.live;
      const page = reportPage({ release, live: { ...live, rollbackTo: { version, isStale } } });
      assert.match(page, expected);
      assert.doesNotMatch(page, /--allow-stale/);
    });

  it('states that a release is stale, and that another one is current', () => {
    const { live, release } = models.live;
    const later = reportPage({ release, live: { ...live, asked: '2026-06-01T00:00:00.000Z' } });
    assert.match(later, /<b>Stale<\/b>: 80 days old/);
    const version = '2026-04-30-core_major';
    const head = { seq: 2, version } as NonNullable<typeof live.head>;
    assert.match(
      reportPage({ release, live: { ...live, head } }),
      /Was no\. 1; readers see 2026-04-30/,
    );
  });

  it('does not state what readers see if current/ or the document has drifted', () => {
    const { live, release } = models.live;
    const tiles = (page: string) =>
      Object.fromEntries(
        [...page.matchAll(/<div class="fact ([a-z]*)"><dt>([^<]*)<\/dt><dd>(.*?)<\/dd>/g)].map(
          ([, tone, name = '', text]) => [name, [tone, text]],
        ),
      );
    const well = tiles(full);
    assert.equal(well.Freshness?.[0], 'good');
    assert.match(well.Promotion?.join(' ') ?? '', /^good <b>No\. 1<\/b>, what readers see now/);
    const apart = { ...live, deviations: ['current/live_pool.json'] };
    const told = tiles(reportPage({ release, live: apart }));
    assert.equal(told.Freshness?.[0], '');
    assert.match(told.Freshness?.[1] ?? '', /^<b>Fresh<\/b>/);
    assert.match(told.Promotion?.join(' ') ?? '', /^ <b>No\. 1<\/b>, current by the ledger/);
    const head = { seq: 2, version: '2026-04-30-core_major' } as NonNullable<typeof live.head>;
    const other = tiles(reportPage({ release, live: { ...apart, head } }));
    assert.match(other.Promotion?.[1] ?? '', /^Was no\. 1; 2026-04-30-core_major is current$/);
  });

  it('escapes every external text', () => {
    const model = hostile(models.live) as ReportModel;
    const page = reportPage(model);
    const marks = (text: string) => text.match(/<(?:script|img)|onerror='/g);
    assert.equal(marks(page), null);
    assert.ok(page.includes('&lt;script&gt;alert(1)'), 'the texts are shown');
    assert.equal(full.match(/<[a-z]+/g)?.includes('<script'), false);
  });

  it('separates the changes of a restated release', () => {
    const { release } = models.release;
    const version = '2026-04-10-core_major' as Version;
    const before = ['AUSDT', 'BUSDT'];
    assert.ok(release.evidence);
    const evidence = {
      ...release.evidence,
      ranking: { ...release.evidence.ranking, previous_pool: before },
    };
    assert.match(
      reportPage({ release: { ...release, version, evidence } }),
      /This release restates 2026-03-13-core_major\. What follows is what 2026-03-13-core_major changed/,
    );
    assert.doesNotMatch(reportPage({ release: { ...release, evidence } }), /This release restates/);
  });

  it('states if no change of a score would have changed the pool', () => {
    const { release } = models.release;
    assert.ok(release.evidence);
    const { ranking } = release.evidence;
    const universe = ranking.universe.filter(({ selected }) => selected);
    const evidence = { ...release.evidence, ranking: { ...ranking, universe } };
    const page = reportPage({ release: { ...release, evidence } });
    assert.match(page, /The universe has 5 members, all of them in the pool/);
    assert.doesNotMatch(page, /What it would have taken|dashed line/);
  });

  it('does not call a dry run a release', () => {
    const made = handMadeRelease('2026-03-13');
    const at = { bucket: 'a-bucket', rootPrefix: 'root' };
    const page = reportPage({ release: releasePart(made, at, undefined, 'scratch/a-run/') });
    assert.match(page, /dry run, not released/);
    assert.match(page, /gs:\/\/a-bucket\/root\/scratch\/a-run\/releases\/2026-03-13-core_major\//);
    assert.doesNotMatch(page, /live-pool rollback|live-pool release verify/);
    const real = reportPage({ release: releasePart(made, at, undefined) });
    assert.match(real, /gs:\/\/a-bucket\/root\/releases\//);
    assert.doesNotMatch(real, /dry run/);
  });

  it('states if the evidence of a release is missing', () => {
    const page = reportPage({ release: { ...models.release.release, evidence: undefined } });
    assert.match(page, /The ranking of this release was not kept/);
    assert.match(page, /sha256sum --check/);
  });

  it('draws frames for a ranking from before the history was kept', () => {
    const { evidence, ...rest } = models.release.release;
    assert.ok(evidence);
    const {
      regime_history: _r,
      price_history: _p,
      previous_pool: _o,
      ...ranking
    } = evidence.ranking;
    const page = reportPage({ release: { ...rest, evidence: { ...evidence, ranking } } });
    assert.match(page, /kept without the regime’s history/);
    assert.match(page, /kept without the prices of its members/);
  });
});

describe('readShadow', () => {
  it('returns no history if there is no scorecard', async () => {
    assert.equal(getOrThrow(await readShadow(() => TE.right(undefined))()), undefined);
  });

  it('names the missing file of a history', async () => {
    const broken = await readShadow((path) =>
      path.startsWith('challenger') ? TE.right(undefined) : goldenHistory(path),
    )();
    assert.ok(E.isLeft(broken));
    assert.match(broken.left.message, /^challenger_topk_60\/release_index\.csv: expected a file/);
  });
});

describe('htmlRenderer', () => {
  it('returns a permanent failure if the page cannot be rendered', async () => {
    const broken = { release: { version: 'x' } } as unknown;
    const drawn = await htmlRenderer.render(broken as ReportModel)();
    assert.ok(E.isLeft(drawn));
    assert.equal(drawn.left.kind, 'permanent');
    assert.ok(drawn.left.cause instanceof TypeError);
  });
});
