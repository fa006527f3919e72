import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { reportPage } from '../../shared/report/page.js';
import { demoReports } from '../support/demo-report.js';
import { goldenHistory } from '../support/golden-history.js';

const WIDTHS = [390, 900, 1440] as const;
const SCHEMES = ['light', 'dark'] as const;
const SCREENSHOTS = resolve(import.meta.dirname, '../../build/screenshots');
const MEASURE = readFileSync(resolve(import.meta.dirname, 'measure.js'), 'utf8');

/** Debian's, or the one that is named. */
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Chart {
  readonly name: string;
  readonly label: string;
  readonly marks: number;
  /** Texts with a number in them. */
  readonly axes: number;
  readonly texts: number;
  readonly problems: readonly string[];
}

interface Measured {
  readonly charts: readonly Chart[];
  readonly frames: readonly string[];
  readonly figures: number;
  /** By how many pixels the page is wider than the window. */
  readonly overflow: number;
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

const CHARTS = [
  'ranking-bars',
  'regime-history',
  'price-paths',
  'universe-funnel',
  'pool-membership',
  'pool-churn',
  'scorecard-1',
  'backtest',
];
const OF_THE_RELEASE = CHARTS.slice(0, 4);

describe('The report in a browser', function () {
  this.timeout(60_000);
  let folder: string;
  let browser: Browser;

  before(async function () {
    if (!existsSync(browserPath)) {
      if (process.env.CI === 'true')
        throw new Error(`CI needs a browser: expected chromium at ${browserPath}, or CHROMIUM`);
      console.warn(`SKIPPED: no chromium at ${browserPath}; set CHROMIUM to see the report tested`);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'live-pool-report-'));
    mkdirSync(SCREENSHOTS, { recursive: true });
    const starting = chromium.launch({ executablePath: browserPath, args: ARGUMENTS });
    const { release, live } = await demoReports(goldenHistory);
    const [full, own] = [reportPage(live), reportPage(release)];
    writeFileSync(join(folder, 'full.html'), full);
    writeFileSync(join(folder, 'release.html'), own);
    writeFileSync(
      join(folder, 'no-history.html'),
      reportPage({ ...live, live: { ...live.live, shadow: undefined } }),
    );
    browser = await starting;
  });

  after(async () => {
    await browser?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page, lets the test look at it, and demands that it was silent and alone. */
  const withPage = async <A>(
    file: string,
    width: number,
    colorScheme: 'light' | 'dark',
    look: (page: Page) => Promise<A>,
  ): Promise<A> => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    try {
      const page = await context.newPage();
      const said: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      page.on('request', (request) => requests.push(request.url()));
      const address = pathToFileURL(join(folder, `${file}.html`)).href;
      await page.goto(address);
      const result = await look(page);
      assert.deepEqual(said, []);
      assert.deepEqual(requests, [address]);
      return result;
    } finally {
      await context.close();
    }
  };

  const measure = (page: Page): Promise<Measured> => page.evaluate(MEASURE);

  const assertReadable = ({ charts, overflow }: Measured, expected: readonly string[]): void => {
    assert.equal(overflow, 0, 'the page scrolls sideways');
    assert.deepEqual(
      charts.map(({ name }) => name),
      expected,
    );
    for (const { name, label, marks, axes, texts, problems } of charts) {
      assert.deepEqual(problems, [], name);
      assert.ok(marks >= 10, `${name} has ${marks} marks`);
      // One month is one label; all other axes have several.
      const least = name === 'pool-membership' ? 1 : 3;
      assert.ok(axes >= least && texts >= 6, `${name} has ${axes} numbers in ${texts} texts`);
      assert.ok(label.length > 30, `${name} says nothing to those who cannot see it`);
    }
  };

  for (const width of WIDTHS)
    for (const scheme of SCHEMES)
      it(`is readable at ${width} pixels, ${scheme}`, async () => {
        const measured = await withPage('full', width, scheme, async (page) => {
          const path = join(SCREENSHOTS, `report-${width}-${scheme}.png`);
          await page.screenshot({ path, fullPage: true });
          return measure(page);
        });
        assertReadable(measured, CHARTS);
        assert.deepEqual(measured.frames, []);
      });

  for (const width of WIDTHS)
    it(`is readable at ${width} pixels with nothing but the release`, async () => {
      const measured = await withPage('release', width, 'light', async (page) => {
        const path = join(SCREENSHOTS, `release-${width}-light.png`);
        await page.screenshot({ path, fullPage: true });
        return measure(page);
      });
      assertReadable(measured, OF_THE_RELEASE);
      assert.equal(measured.frames.length, 4);
      for (const text of measured.frames) assert.match(text, /Run: live-pool report$/);
    });

  it('states what to run if there is no shadow history', async () => {
    const measured = await withPage('no-history', 390, 'dark', measure);
    assertReadable(
      measured,
      CHARTS.filter((name) => !['pool-churn', 'scorecard-1', 'backtest'].includes(name)),
    );
    assert.deepEqual(
      measured.frames,
      Array(3).fill(
        'No shadow history yet. Run: live-pool monthly-shadow-build --source csv --state x',
      ),
    );
  });

  for (const [file, scheme, width] of [
    ['full', 'light', 1440],
    ['full', 'dark', 390],
    ['release', 'light', 390],
    ['release', 'dark', 900],
  ] as const)
    it(`has no serious barrier: ${file}, ${scheme}, ${width} pixels`, async () => {
      const violations: readonly Violation[] = await withPage(file, width, scheme, async (page) => {
        await page.evaluate(axe.source);
        return page.evaluate('axe.run({ resultTypes: ["violations"] }).then((r) => r.violations)');
      });
      const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
      assert.deepEqual(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`),
        [],
      );
    });

  it('can be printed: wide charts on white, even if the screen prefers dark', async () => {
    const [background, shown] = await withPage('full', 900, 'dark', async (page) => {
      await page.emulateMedia({ media: 'print' });
      const colour: string = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      return [colour, (await measure(page)).charts.map(({ name }) => name)] as const;
    });
    assert.equal(background, 'rgb(255, 255, 255)');
    assert.deepEqual(shown, CHARTS);
  });

  // What the checks above rest on.
  for (const [what, change, complaint] of [
    ['moved onto another', 'b.setAttribute("transform", a.getAttribute("transform"))', /overlaps/],
    ['moved out of its chart', 'b.setAttribute("transform", "translate(-80 20)")', /leaves/],
  ] as const)
    it(`detects a text that is ${what}`, async () => {
      const { charts } = await withPage('full', 390, 'light', async (page) => {
        await page.evaluate(
          `(() => { const [a, b] = document.querySelectorAll('#ranking-bars svg.narrow text'); ${change}; })()`,
        );
        return measure(page);
      });
      assert.match(charts[0]?.problems.join('; ') ?? '', complaint);
    });
});
