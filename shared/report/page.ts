import { explain } from '../explanation/explain.js';
import { longDate } from './format.js';
import { type Html, html, rawHtml } from './html.js';
import type { ReleaseEvidence, ReportModel } from './model.js';
import { rollBack, verify } from './sections/actions.js';
import { changes } from './sections/changes.js';
import { backtest, scorecard } from './sections/comparison.js';
import { headline } from './sections/headline.js';
import { months } from './sections/months.js';
import { prices } from './sections/prices.js';
import { quality } from './sections/quality.js';
import { ranking } from './sections/ranking.js';
import { regime } from './sections/regime.js';
import { universe } from './sections/universe.js';
import { STYLE } from './style.js';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

const evidenceSections = (version: string, evidence: ReleaseEvidence): readonly Section[] => {
  const explanation = explain(evidence.ranking);
  return [
    { id: 'ranking', title: 'Ranking', body: ranking(version, evidence.ranking, explanation) },
    { id: 'regime', title: 'Regime', body: regime(evidence.ranking) },
    { id: 'prices', title: 'Prices', body: prices(evidence.ranking) },
    { id: 'universe', title: 'Universe', body: universe(evidence.ranking, explanation) },
  ];
};

const WITHOUT_EVIDENCE: Section = {
  id: 'ranking',
  title: 'Ranking',
  body: html`<div class="frame"><p>The ranking of this release was not kept. Run: <code>live-pool release list</code></p></div>`,
};

const sectionsOf = (model: ReportModel): readonly Section[] => {
  const { release, live } = model;
  const { evidence } = release;
  return [
    { id: 'changes', title: 'What changed', body: changes(release) },
    ...(evidence === undefined ? [WITHOUT_EVIDENCE] : evidenceSections(release.version, evidence)),
    { id: 'months', title: 'Months', body: months(live) },
    { id: 'tracks', title: 'Challenger against baseline', body: scorecard(live) },
    { id: 'past', title: 'Backtest', body: backtest(live) },
    { id: 'quality', title: 'Data quality', body: quality(evidence?.quality) },
    { id: 'verify', title: 'How to verify', body: verify(model) },
    { id: 'rollback', title: 'How to roll back', body: rollBack(model) },
  ];
};

const footerOf = ({ live }: ReportModel): string =>
  live === undefined
    ? 'Made with the release, from nothing but what the release itself determines.'
    : `Asked at ${live.asked.slice(0, 16).replace('T', ' ')} UTC.`;

/** The page as one self-contained HTML file: the same bytes for the same model. */
export const reportPage = (model: ReportModel): string => {
  const { version, asOfDate, pool } = model.release;
  const sections = sectionsOf(model);
  return `${
    html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex">
<title>Live pool of ${longDate(asOfDate)}: ${pool.join(' ')}</title>
<style>${rawHtml(STYLE)}</style>
</head>
<body>
<div class="layout">
${headline(model)}
<nav class="contents" aria-label="Contents"><ul>${sections.map(
      ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
    )}</ul></nav>
<main>
${sections.map(
  ({ id, title, body }) =>
    html`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${title}</h2>${body}</section>
`,
)}<footer><p>${version}. ${footerOf(model)} Nothing on this page is advice to trade.</p></footer>
</main>
</div>
</body>
</html>
`.markup
  }`;
};
